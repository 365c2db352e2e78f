'use client'

import { useState } from 'react'
import type { ReactNode } from 'react'
import type { ConnectionGrant, ConnectionProposal } from '#contract/portal-api.ts'
import { callPortal } from '#app/_lib/portal-client.ts'
import type { Failure } from '#app/_lib/failure.ts'
import { Button } from '#app/_ui/button.tsx'
import { Notice } from '#app/_ui/notice.tsx'
import { HandedOver } from './handed-over.tsx'
import { PasteCode } from './paste-code.tsx'
import { Outcome } from './outcome.tsx'

type ConnectFormProps = {
  request: Extract<ConnectionProposal, { ok: true }>['request']
  /** Where the answer "no" goes; null when nobody hears it. */
  denyTo: string | null
  /** What to consider before answering. */
  children: ReactNode
}

type Stage = { at: 'asking' } | { at: 'denied' } | { at: 'granted'; grant: ConnectionGrant; count: number }

/** The answer to the question. The code exists from the click on, in this component's state alone. */
export function ConnectForm({ request, denyTo, children }: ConnectFormProps) {
  const [stage, setStage] = useState<Stage>({ at: 'asking' })
  const [pending, setPending] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)

  async function connect() {
    if (pending) return
    setPending(true)
    const outcome = await callPortal((portal) => portal.editors.authorise.mutate(request))
    setPending(false)
    setFailure(outcome.ok ? null : outcome.failure)
    if (!outcome.ok) return
    const grant = outcome.data
    setStage((before) => ({ at: 'granted', grant, count: before.at === 'granted' ? before.count + 1 : 1 }))
    if (grant.kind === 'redirect') location.assign(grant.redirectTo)
  }

  function deny() {
    setStage({ at: 'denied' })
    if (denyTo !== null) location.assign(denyTo)
  }

  return (
    <>
      {stage.at === 'asking' && children}
      {failure && (
        <Notice kind="error" role="alert">
          {failure.message}
        </Notice>
      )}
      {stage.at === 'asking' && (
        <div className="grid grid-cols-2 gap-3">
          <Button onClick={deny}>Cancel</Button>
          <Button variant="primary" aria-disabled={pending} onClick={() => void connect()}>
            {pending ? 'Connecting…' : 'Connect'}
          </Button>
        </div>
      )}
      {stage.at === 'denied' && <Outcome>Nothing was connected. You can close this tab.</Outcome>}
      {stage.at === 'granted' && stage.grant.kind === 'redirect' && <HandedOver grant={stage.grant} />}
      {stage.at === 'granted' && stage.grant.kind === 'paste' && (
        <PasteCode key={stage.count} grant={stage.grant} onNewCode={() => void connect()} />
      )}
    </>
  )
}
