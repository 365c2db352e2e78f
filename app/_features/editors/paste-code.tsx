'use client'

import type { ConnectionGrant } from '#contract/portal-api.ts'
import { Button } from '#app/_ui/button.tsx'
import { CopyButton } from '#app/_ui/copy-button.tsx'
import { Outcome } from './outcome.tsx'
import { useSecondsLeft } from './use-seconds-left.ts'

type PasteCodeProps = { grant: Extract<ConnectionGrant, { kind: 'paste' }>; onNewCode: () => void }

export function PasteCode({ grant, onNewCode }: PasteCodeProps) {
  const secondsLeft = useSecondsLeft(grant.expiresInSeconds)
  const works = secondsLeft > 0
  return (
    <div className="grid gap-4">
      <Outcome>
        Paste this code into the editor that waits for it, and nowhere else. Whoever asks you to send it is trying to
        sign in as you.
      </Outcome>
      {works && (
        <div className="grid gap-2 rounded-box border border-control bg-sunken p-3">
          <code className="text-sm break-all" data-testid="code">
            {grant.code}
          </code>
          <div>
            <CopyButton text={grant.code} label="Copy code" variant="primary" />
          </div>
        </div>
      )}
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="text-muted">
          {works && (
            <span role="timer" className="tabular-nums">
              Works for {secondsLeft} more {secondsLeft === 1 ? 'second' : 'seconds'}
            </span>
          )}
          <output>{works ? '' : 'This code works no more.'}</output>
        </p>
        <Button size="small" onClick={onNewCode}>
          New code
        </Button>
      </div>
    </div>
  )
}
