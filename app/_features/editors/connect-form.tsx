'use client'

import { useRef, useState } from 'react'
import type { ReactNode } from 'react'
import type { ConnectionGrant, ConnectionProposal } from '#contract/portal-api.ts'
import { callPortal } from '#app/_lib/portal-client.ts'
import type { Failure } from '#app/_lib/failure.ts'
import { Button } from '#app/_ui/button.tsx'
import { Notice } from '#app/_ui/notice.tsx'
import { SubmitButton } from '#app/_ui/submit-button.tsx'
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

/**
 * The answer to the question. The code exists from the click on, in this component's state alone. As a form, an answer that was
 * given before the page's scripts have run is kept until they have.
 */
export function ConnectForm({ request, denyTo, children }: ConnectFormProps) {
  const [stage, setStage] = useState<Stage>({ at: 'asking' })
  const [failure, setFailure] = useState<Failure | null>(null)
  // A press may be kept more than once; the first is the answer.
  const isAnswered = useRef(false)

  async function connect() {
    if (isAnswered.current) return
    isAnswered.current = true
    const outcome = await callPortal((portal) => portal.editors.authorise.mutate(request))
    isAnswered.current = outcome.ok && outcome.data.kind === 'redirect'
    setFailure(outcome.ok ? null : outcome.failure)
    if (!outcome.ok) return
    const grant = outcome.data
    setStage((before) => ({ at: 'granted', grant, count: before.at === 'granted' ? before.count + 1 : 1 }))
    if (grant.kind === 'redirect') location.assign(grant.redirectTo)
  }

  function deny() {
    if (isAnswered.current) return
    isAnswered.current = true
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
        <form action={connect} className="grid grid-cols-2 gap-3">
          <Button type="submit" formAction={deny}>
            Cancel
          </Button>
          <SubmitButton pendingLabel="Connecting…">Connect</SubmitButton>
        </form>
      )}
      {stage.at === 'denied' && <Outcome>Nothing was connected. You can close this tab.</Outcome>}
      {stage.at === 'granted' && stage.grant.kind === 'redirect' && <HandedOver grant={stage.grant} />}
      {stage.at === 'granted' && stage.grant.kind === 'paste' && (
        <PasteCode key={stage.count} grant={stage.grant} onNewCode={() => void connect()} />
      )}
    </>
  )
}
