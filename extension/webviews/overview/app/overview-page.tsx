import { useEffect, useState } from 'react'
import { connectHost } from '../../frame/browser/host.ts'
import { Notice, RelativeTime, Section, Skeleton, ToneWord } from '../../frame/browser/parts.tsx'
import type { Mend } from '../../../cluster/standing.ts'
import { toOverviewSchema } from '../protocol.ts'
import type { FromOverview, Overview, ToOverview } from '../protocol.ts'
import { OverviewHeader } from './overview-header.tsx'
import { NodesPicture, PodsPicture } from './pictures.tsx'
import { Tiles } from './tiles.tsx'
import { Troubles, Warnings, Workloads } from './workloads.tsx'

const host = connectHost<ToOverview, FromOverview>(toOverviewSchema)
const send = (type: 'refresh' | 'copy-rbac') => host.post({ v: 1, type })

export function OverviewPage() {
  const [message, setMessage] = useState<ToOverview | null>(null)
  useEffect(() => {
    const end = host.listen((heard) => {
      setMessage(heard)
      host.keep({ target: heard.type === 'gone' ? heard.target : heard.overview.target })
    })
    host.post({ v: 1, type: 'ready' })
    return end
  }, [])
  if (message?.type === 'gone') return <Gone context={message.target.context} />
  return message === null ? <Waiting /> : <OverviewOf overview={message.overview} />
}

function OverviewOf({ overview }: { overview: Overview }) {
  const { standing, missing, failures, source } = overview
  const unreachable = standing.mode === 'unreachable'
  return (
    <main className="page">
      <OverviewHeader
        overview={overview}
        onRefresh={() => send('refresh')}
        onMend={(action: Mend) => host.post({ v: 1, type: 'mend', action })}
      />
      {failures.length > 0 && !unreachable && (
        <Notice tone="warning">
          {failures.map((failure) => (
            <p key={failure}>{failure}</p>
          ))}
        </Notice>
      )}
      {!(unreachable && overview.version.state === 'loading') && <Facts overview={overview} />}
      {missing && (
        <Notice tone="info">
          <p>
            You may not list {missing.words}, so this is a part of the picture. This would complete it, in a
            ClusterRole:
          </p>
          <pre className="code-block">{missing.rbac}</pre>
          <button type="button" className="button secondary" onClick={() => send('copy-rbac')}>
            Copy the rules
          </button>
        </Notice>
      )}
      {standing.mode === 'basic' && standing.reason === null && (
        <p className="offer quiet">
          With the operator this page knows its totals without asking for lists, and what went wrong before you looked.{' '}
          <button
            type="button"
            className="link"
            onClick={() => host.post({ v: 1, type: 'mend', action: 'install-operator' })}
          >
            Install the operator
          </button>
        </p>
      )}
      {source && (
        <p className="page-footer">
          {source.words}, <RelativeTime at={source.at} />.
        </p>
      )}
    </main>
  )
}

function Facts({ overview }: { overview: Overview }) {
  const open = (reference: Extract<FromOverview, { type: 'open' }>['reference']) =>
    host.post({ v: 1, type: 'open', reference })
  return (
    <>
      <Tiles overview={overview} />
      <div className="pictures">
        <PodsPicture pods={overview.pods} />
        <NodesPicture nodes={overview.nodes} onOpen={open} />
      </div>
      <Workloads workloads={overview.workloads} />
      <Troubles overview={overview} onOpen={open} />
      <Warnings warnings={overview.warnings} onOpen={open} />
      <OperatorConditions operator={overview.operator} />
    </>
  )
}

function OperatorConditions({ operator }: { operator: Overview['operator'] }) {
  if (!operator) return null
  const amiss = operator.conditions.filter(({ status }) => status !== 'True')
  const summary = amiss.length === 0 ? 'all conditions hold' : `${amiss.length} to look at`
  return (
    <Section title="Operator" aside={<span className="quiet">{`${operator.version}, ${summary}`}</span>}>
      <div className="table-scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">Condition</th>
              <th scope="col">Status</th>
              <th scope="col">What it says</th>
              <th scope="col" className="numeric">
                Since
              </th>
            </tr>
          </thead>
          <tbody>
            {operator.conditions.map(({ type, status, tone, message, at }) => (
              <tr key={type}>
                <th scope="row">{type}</th>
                <td>
                  <ToneWord tone={tone}>{status}</ToneWord>
                </td>
                <td>{message}</td>
                <td className="numeric">
                  <RelativeTime at={at} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}

function Waiting() {
  return (
    <main className="page" aria-busy>
      <h1 className="visually-hidden">Reading the cluster</h1>
      <Skeleton widths={[40, 25, 90, 85, 70]} />
    </main>
  )
}

function Gone({ context }: { context: string }) {
  return (
    <main className="page">
      <h1>{context}</h1>
      <Notice tone="warning">
        <p>No kubeconfig names this context any more. When one does again, the overview comes back by itself.</p>
      </Notice>
    </main>
  )
}
