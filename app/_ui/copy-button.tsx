'use client'

import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from './button.tsx'

const SHOWN_MS = 2_000
type Outcome = 'idle' | 'copied' | 'failed'

type CopyButtonProps = {
  /** What lands in the clipboard. */
  text: string
  /** The button's name, such as "Copy key". */
  label: string
  /** Shows the icon alone; the label stays its accessible name. */
  iconOnly?: boolean
  variant?: 'primary' | 'secondary' | 'quiet'
  className?: string
  onCopied?: () => void
}

/** Copies a text and says so, to eyes and to screen readers. */
export function CopyButton({
  text,
  label,
  iconOnly = false,
  variant = 'secondary',
  className,
  onCopied,
}: CopyButtonProps) {
  const [outcome, setOutcome] = useState<Outcome>('idle')

  useEffect(() => {
    if (outcome === 'idle') return
    const timer = setTimeout(() => setOutcome('idle'), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [outcome])

  async function copy() {
    try {
      await navigator.clipboard.writeText(text)
      setOutcome('copied')
      onCopied?.()
    } catch {
      setOutcome('failed')
    }
  }

  const Icon = outcome === 'copied' ? Check : Copy
  const word = { idle: label, copied: 'Copied', failed: 'Select the text and copy it' }[outcome]
  return (
    <>
      <Button
        variant={variant}
        size={iconOnly ? 'icon' : 'small'}
        className={className}
        onClick={() => void copy()}
        aria-label={iconOnly ? label : undefined}
        title={iconOnly ? label : undefined}
      >
        <Icon aria-hidden size={16} />
        {!iconOnly && word}
      </Button>
      <output className="sr-only">{outcome === 'idle' ? '' : word}</output>
    </>
  )
}
