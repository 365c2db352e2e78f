'use client'

import type { ConnectionGrant } from '#contract/portal-api.ts'
import { Button } from '#app/_ui/button.tsx'
import { Outcome } from './outcome.tsx'
import { useSecondsLeft } from './use-seconds-left.ts'

/** The browser asks before it opens an editor, and who missed that can have it asked again while the code works. */
export function HandedOver({ grant }: { grant: Extract<ConnectionGrant, { kind: 'redirect' }> }) {
  const secondsLeft = useSecondsLeft(grant.expiresInSeconds)
  return (
    <>
      <Outcome>Go on in your editor. You can close this tab.</Outcome>
      <div className="grid gap-3" aria-live="polite">
        {secondsLeft > 0 ? (
          <Button onClick={() => location.assign(grant.redirectTo)}>Nothing happened? Open the editor again</Button>
        ) : (
          <p className="text-muted">If your editor is not connected by now, run “kube9: Sign In” there again.</p>
        )}
      </div>
    </>
  )
}
