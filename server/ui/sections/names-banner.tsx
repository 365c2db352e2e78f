import { useId } from 'react'
import type { NamesRefusal } from '#contract/webview-protocol.ts'
import { useObservable, usePage } from '../page.ts'
import { CopyButton } from '../parts/copy-button.tsx'
import { Notice } from '../parts/notice.tsx'

/** Why names are missing from what is shown: one banner, whatever asked for them. */
export function NamesBanner() {
  const { names } = usePage()
  const { progress, shown } = useObservable(names.snapshot)
  const refusals = [...progress].flatMap(([saltId, state]) =>
    shown.has(saltId) && state.phase === 'refused' ? [state.refusal] : [],
  )
  const last = refusals.at(-1)
  return last ? <Refusal refusal={last} onRetry={() => names.askAgain()} /> : null
}

type Words = { title: string; text: string }

const texts: Record<NamesRefusal['reason'] | 'unlisted', Words> = {
  unlisted: {
    title: 'Some real names are hidden from you',
    text: 'Your account in this cluster may not list every kind of object, so pseudonyms are shown for those. Whoever administers the cluster can grant it with these rules of a ClusterRole:',
  },
  forbidden: {
    title: 'Real names are hidden from you',
    text: 'Your account in this cluster may not read the salt under which names are hidden, so pseudonyms are shown. Whoever administers the cluster can grant it with this rule of a Role:',
  },
  unreachable: {
    title: 'Real names could not be read',
    text: 'The editor did not reach the cluster’s API, so pseudonyms are shown.',
  },
  'other-salt': {
    title: 'Some names are from an earlier installation',
    text: 'What is shown was collected under another salt than the cluster has now, so it stays pseudonymous. The next collection brings names again.',
  },
}

function Refusal({ refusal, onRetry }: { refusal: NamesRefusal; onRetry: () => void }) {
  const id = useId()
  const { title, text } = texts[isUnlisted(refusal) ? 'unlisted' : refusal.reason]
  const retry = (
    <button type="button" className="button" onClick={onRetry}>
      Try again
    </button>
  )
  return (
    <Notice kind="info" title={title} actions={refusal.reason === 'other-salt' ? undefined : retry}>
      <p>{text}</p>
      {refusal.reason === 'forbidden' && (
        <div className="code-line">
          <pre id={id}>{refusal.rbac}</pre>
          <CopyButton of={id} label={isUnlisted(refusal) ? 'Copy the rules' : 'Copy the rule'} />
        </div>
      )}
    </Notice>
  )
}

/** The salt was read, and some lists were not. */
function isUnlisted(refusal: NamesRefusal): boolean {
  return refusal.reason === 'forbidden' && refusal.rbac.includes('verbs: ["list"]')
}
