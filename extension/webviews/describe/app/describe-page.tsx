import { useEffect, useState } from 'react'
import { connectHost } from '../../frame/browser/host.ts'
import { Icon } from '../../frame/browser/icon.tsx'
import { Badge, Fold, Glyph, Notice, RelativeTime, Section, Skeleton } from '../../frame/browser/parts.tsx'
import type { ObjectReference } from '../../frame/object-reference.ts'
import { toDescribeSchema } from '../protocol.ts'
import type { Description, FromDescribe, ToDescribe } from '../protocol.ts'
import { CellView } from './cell-view.tsx'
import { Events } from './events.tsx'
import { SectionView } from './section-view.tsx'

const host = connectHost<ToDescribe, FromDescribe>(toDescribeSchema)
const open = (reference: ObjectReference) => host.post({ v: 1, type: 'open', reference })
const send = (type: 'view-yaml' | 'view-logs') => host.post({ v: 1, type })
const copy = (text: string) => host.post({ v: 1, type: 'copy', text })

export function DescribePage() {
  const [message, setMessage] = useState<ToDescribe | null>(null)
  useEffect(() => {
    const end = host.listen((heard) => {
      setMessage(heard)
      host.keep({ target: heard.target })
    })
    host.post({ v: 1, type: 'ready' })
    return end
  }, [])
  return (
    <main className="page" aria-busy={message === null || message.state === 'loading'}>
      {message === null ? <h1 className="visually-hidden">Reading the object</h1> : <Header message={message} />}
      {message && <StateNotice message={message} />}
      {message?.description && <Body description={message.description} message={message} />}
      {(message === null || message.state === 'loading') && <Skeleton widths={[60, 85, 70, 90]} />}
    </main>
  )
}

function Header({ message: { target, clusterId, description, state } }: { message: ToDescribe }) {
  const { kind, name, namespace, context } = target
  return (
    <header className="page-header">
      <Glyph clusterId={clusterId} size={36} tone={null} />
      <div className="titles">
        <h1>
          <span className="kind">{kind}</span> {name}
        </h1>
        <p className="quiet">
          {[namespace, context].filter(Boolean).join(' · ')}
          {description?.createdAt && (
            <>
              {' · made '}
              <RelativeTime at={description.createdAt} />
            </>
          )}
        </p>
      </div>
      <div className="actions">
        {description?.status && state === 'live' && (
          <Badge tone={description.status.tone}>{description.status.text}</Badge>
        )}
        {description?.hasLogs && state !== 'deleted' && (
          <button type="button" className="button secondary" onClick={() => send('view-logs')}>
            <Icon name="output" />
            Logs
          </button>
        )}
        <button type="button" className="button secondary" onClick={() => send('view-yaml')}>
          <Icon name="code" />
          YAML
        </button>
      </div>
    </header>
  )
}

function StateNotice({ message: { state, trouble, target, description } }: { message: ToDescribe }) {
  if (state === 'deleted') {
    return (
      <Notice tone="warning">
        <p>{`This ${target.kind} was deleted. Below is what was known of it last.`}</p>
      </Notice>
    )
  }
  if (state === 'absent') {
    return (
      <Notice tone="warning">
        <p>{`There is no ${target.kind} of this name. Should it be made, it shows here.`}</p>
      </Notice>
    )
  }
  if (!trouble) return null
  return (
    <Notice tone={description ? 'warning' : 'bad'}>
      <p>{trouble.message}</p>
      {trouble.rbac === null && trouble.mend !== null && <p>{trouble.mend}</p>}
      {trouble.rbac !== null && <Rule rbac={trouble.rbac} />}
      {description && <p>Below is what was known last. It is tried again by itself.</p>}
    </Notice>
  )
}

function Rule({ rbac }: { rbac: string }) {
  return (
    <>
      <p>This rule mends it:</p>
      <pre className="code-block">{rbac}</pre>
      <button type="button" className="button secondary" onClick={() => copy(rbac)}>
        Copy the rule
      </button>
    </>
  )
}

function Body({ description, message }: { description: Description; message: ToDescribe }) {
  const { owners, sections, labels, annotations } = description
  return (
    <>
      {owners.length > 0 && (
        <nav className="owners" aria-label="Owners">
          <span className="quiet">Belongs to</span>
          {owners.map((owner) => (
            <span key={owner.text} className="owner">
              <CellView cell={owner} onOpen={open} />
            </span>
          ))}
        </nav>
      )}
      {sections.map((section) => (
        <SectionView key={section.title} section={section} onOpen={open} />
      ))}
      <Events events={message.events} trouble={message.eventsTrouble} />
      {labels.length + annotations.length > 0 && (
        <Section title="Metadata">
          <Entries words="labels" word="label" entries={labels} />
          <Entries words="annotations" word="annotation" entries={annotations} />
        </Section>
      )}
    </>
  )
}

interface EntriesProps {
  word: string
  words: string
  entries: Description['labels']
}

function Entries({ word, words, entries }: EntriesProps) {
  if (entries.length === 0) return null
  return (
    <Fold summary={entries.length === 1 ? `1 ${word}` : `${entries.length} ${words}`}>
      <dl className="entries mono">
        {entries.map(({ key, value }) => (
          <div key={key}>
            <dt>{key}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Fold>
  )
}
