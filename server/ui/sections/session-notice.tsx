import { useEffect } from 'react'
import { applySystemTheme } from '../bridge/apply-theme.ts'
import { usePage } from '../page.ts'
import { RequestId } from '../parts/failure.tsx'
import { Glyph } from '../parts/glyph.tsx'
import { HOST_PATIENCE_MS } from '../session/session.ts'
import type { SessionState } from '../session/session.ts'

/** For whoever opens the address by itself: there is nothing else here. */
export function OutsideEditor() {
  useEffect(() => applySystemTheme(document.documentElement), [])
  return (
    <main className="lone">
      <Glyph size={32} />
      <h1>This page opens inside the editor</h1>
      <p className="muted">Open the cluster in the kube9 view of VS Code, and it is shown there.</p>
    </main>
  )
}

type Ended = Extract<SessionState, { phase: 'silent' | 'failed' }>

/** Why the page cannot ask the server, and what mends it. */
export function SessionNotice({ state }: { state: Ended }) {
  const { session } = usePage()
  useEffect(() => applySystemTheme(document.documentElement), [])
  const silent = state.phase === 'silent'
  const action = silent ? 'retry' : state.action
  return (
    <main className="lone" data-session={state.phase}>
      <Glyph size={32} />
      <div role="alert">
        <h1>{silent ? 'The editor does not answer' : 'This cluster cannot be shown'}</h1>
        <p className="muted">
          {silent
            ? `The kube9 extension around this page stayed silent for ${HOST_PATIENCE_MS / 1_000} seconds. Try again, or close this tab and open the cluster anew.`
            : state.message}
        </p>
      </div>
      {!silent && state.requestId && <RequestId id={state.requestId} />}
      {action === 'sign-in' && (
        <button type="button" className="button button-primary" onClick={() => session.signIn()}>
          Sign in
        </button>
      )}
      {action === 'retry' && (
        <button type="button" className="button button-primary" onClick={() => session.start()}>
          Try again
        </button>
      )}
    </main>
  )
}
