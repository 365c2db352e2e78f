import type { Host } from './host.ts'
import { goesToEditor } from './key-decision.ts'
import type { KeyTarget } from './key-decision.ts'

const TEXT_INPUTS = new Set(['text', 'search', 'url', 'email', 'number', 'password', 'tel'])

/**
 * Gives the editor the keys that this page has no use for, so that F1, Ctrl+P and chords work inside it. What is forwarded is
 * prevented here, or the browser acts on it too. The focus stays where it is: the editor takes it when it needs it.
 */
export function forwardKeys(page: Window, host: Host): void {
  page.addEventListener('keydown', (event) => {
    const { key, code, ctrlKey, shiftKey, altKey, metaKey, repeat, isComposing, defaultPrevented: used } = event
    const target = targetOf(page.document.activeElement)
    if (!goesToEditor({ key, ctrlKey, shiftKey, altKey, metaKey, isComposing, used }, target)) return
    event.preventDefault()
    const keyCode = keyCodeOf(event)
    host.post({ type: 'key', key, code, keyCode, ctrlKey, shiftKey, altKey, metaKey, repeat })
  })
}

/** The editor's keybindings still go by this number. */
function keyCodeOf(event: Partial<Record<'keyCode', unknown>>): number {
  const { keyCode } = event
  return typeof keyCode === 'number' && keyCode >= 0 && keyCode <= 255 ? keyCode : 0
}

function targetOf(element: Element | null): KeyTarget {
  if (element instanceof HTMLInputElement) return TEXT_INPUTS.has(element.type) ? 'text' : 'control'
  if (element instanceof HTMLTextAreaElement) return 'text'
  if (element instanceof HTMLSelectElement) return 'choice'
  return element?.matches('button, a, summary, [role="tab"]') ? 'control' : 'none'
}
