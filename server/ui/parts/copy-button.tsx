import { useState } from 'react'
import { Icon } from './icon.tsx'

type Outcome = 'copied' | 'selected' | null
const SAID_FOR_MS = 4_000

/** Copies what the element with this id shows. Where the clipboard is out of reach it selects it, for the keyboard to copy. */
export function CopyButton({ of, label }: { of: string; label: string }) {
  const [outcome, setOutcome] = useState<Outcome>(null)
  const copy = async () => {
    setOutcome(await copyOrSelect(of))
    setTimeout(() => setOutcome(null), SAID_FOR_MS)
  }
  return (
    <>
      <button type="button" className="icon-button" aria-label={label} title={label} onClick={() => void copy()}>
        <Icon name={outcome === 'copied' ? 'check' : 'copy'} />
      </button>
      <output className="muted">
        {outcome === 'copied' && 'Copied'}
        {outcome === 'selected' && 'Selected: press Ctrl+C or ⌘C'}
      </output>
    </>
  )
}

async function copyOrSelect(id: string): Promise<Outcome> {
  const element = document.getElementById(id)
  if (!element) return null
  try {
    await navigator.clipboard.writeText(element.textContent)
    return 'copied'
  } catch {
    getSelection()?.selectAllChildren(element)
    return 'selected'
  }
}
