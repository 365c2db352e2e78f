/** Of a pressed key, what the decision looks at. */
export type PressedKey = {
  key: string
  ctrlKey: boolean
  shiftKey: boolean
  altKey: boolean
  metaKey: boolean
  /** Part of a text that an input method composes. */
  isComposing: boolean
  /** A part of the page has used it. */
  used: boolean
}

/** What has the focus: a field that takes text, a control that is pressed, a list to choose from, or nothing of these. */
export type KeyTarget = 'text' | 'control' | 'choice' | 'none'

const MODIFIERS = new Set([
  'Shift',
  'Control',
  'Alt',
  'Meta',
  'AltGraph',
  'CapsLock',
  'NumLock',
  'Fn',
  'Dead',
  'Process',
])
const CLIPBOARD_AND_UNDO = new Set(['c', 'v', 'x', 'a', 'z'])
const MOVES = new Set(['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageUp', 'PageDown'])
const EDITS = new Set([
  'Backspace',
  'Delete',
  'Enter',
  'ArrowUp',
  'ArrowDown',
  'ArrowLeft',
  'ArrowRight',
  'Home',
  'End',
])

/** Whether the editor gets a key: everything that neither the browser nor a part of this page has a use for. */
export function goesToEditor(pressed: PressedKey, target: KeyTarget): boolean {
  if (pressed.used || pressed.isComposing || MODIFIERS.has(pressed.key)) return false
  if (movesFocus(pressed) || isClipboardOrUndo(pressed) || scrolls(pressed)) return false
  if (target === 'text') return !editsText(pressed)
  if (target === 'control') return !isPlain(pressed) || (pressed.key !== 'Enter' && pressed.key !== ' ')
  if (target === 'choice') return !isPlain(pressed) || isFunctionKey(pressed)
  return !(isPlain(pressed) && pressed.key === ' ')
}

function movesFocus({ key, ctrlKey, altKey, metaKey }: PressedKey): boolean {
  return key === 'Tab' && !ctrlKey && !altKey && !metaKey
}

/** Also with Shift for redo alone: with it the other letters are commands of the editor. */
function isClipboardOrUndo({ key, ctrlKey, shiftKey, altKey, metaKey }: PressedKey): boolean {
  if (altKey || !(ctrlKey || metaKey)) return false
  const letter = key.toLowerCase()
  return CLIPBOARD_AND_UNDO.has(letter) && (!shiftKey || letter === 'z')
}

function scrolls(pressed: PressedKey): boolean {
  return isPlain(pressed) && MOVES.has(pressed.key)
}

function editsText(pressed: PressedKey): boolean {
  const { key, ctrlKey, altKey, metaKey } = pressed
  if (isFunctionKey(pressed) || key === 'Escape') return false
  // Without a command key it types; so does AltGr, which Windows reports as Ctrl and Alt, and Option on a Mac.
  if (isPlain(pressed) || (altKey && !metaKey && key.length === 1)) return true
  if (EDITS.has(key)) return true
  return (ctrlKey || metaKey) && key.toLowerCase() === 'y'
}

function isPlain({ ctrlKey, altKey, metaKey }: PressedKey): boolean {
  return !ctrlKey && !altKey && !metaKey
}

function isFunctionKey({ key }: PressedKey): boolean {
  return /^F\d{1,2}$/.test(key)
}
