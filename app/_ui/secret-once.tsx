'use client'

import { Eye, EyeOff } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from './button.tsx'
import { CopyButton } from './copy-button.tsx'

type SecretOnceProps = {
  secret: string
  /** What it is, in the middle of a sentence: "key". */
  noun: string
  onCopied?: () => void
}

const VISIBLE_CHARACTERS = 9

/**
 * A secret that is shown this once: masked, to be revealed or copied. Until it is copied, leaving the page asks first.
 * It lives in this component's props alone, never in an address, a cache or storage.
 */
export function SecretOnce({ secret, noun, onCopied }: SecretOnceProps) {
  const [revealed, setRevealed] = useState(false)
  const [copied, setCopied] = useState(false)
  useLeaveGuard(!copied)

  const masked = secret.slice(0, VISIBLE_CHARACTERS) + '•'.repeat(Math.max(0, secret.length - VISIBLE_CHARACTERS))
  return (
    <div className="flex flex-wrap items-center gap-2 rounded-box border border-control bg-sunken p-2">
      <code
        className="min-w-0 grow basis-72 px-1.5 text-sm break-all"
        data-testid="secret"
        aria-label={revealed ? undefined : `The ${noun}, hidden`}
        role={revealed ? undefined : 'img'}
      >
        {revealed ? secret : masked}
      </code>
      <div className="flex gap-2">
        <Button size="small" aria-pressed={revealed} onClick={() => setRevealed(!revealed)}>
          {revealed ? <EyeOff aria-hidden size={16} /> : <Eye aria-hidden size={16} />}
          {revealed ? 'Hide' : 'Reveal'}
        </Button>
        <CopyButton
          text={secret}
          label={`Copy ${noun}`}
          variant="primary"
          onCopied={() => {
            setCopied(true)
            onCopied?.()
          }}
        />
      </div>
    </div>
  )
}

function useLeaveGuard(active: boolean) {
  useEffect(() => {
    if (!active) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [active])
}
