import { describe, expect, it } from 'vitest'
import { goesToEditor } from './key-decision.ts'
import type { KeyTarget, PressedKey } from './key-decision.ts'

/** "Ctrl+Shift+P" as a pressed key. */
function press(chord: string, changes: Partial<PressedKey> = {}): PressedKey {
  const parts = chord.split('+')
  const has = (name: string) => parts.includes(name)
  const key = parts.at(-1) === 'Space' ? ' ' : (parts.at(-1) ?? '')
  return {
    key: has('Shift') && key.length === 1 ? key.toUpperCase() : key,
    ctrlKey: has('Ctrl'),
    shiftKey: has('Shift'),
    altKey: has('Alt'),
    metaKey: has('Meta'),
    isComposing: false,
    used: false,
    ...changes,
  }
}

const everywhere: KeyTarget[] = ['none', 'control', 'choice', 'text']

describe('keys that the editor gets', () => {
  it.each(['F1', 'Shift+F10', 'Ctrl+p', 'Ctrl+Shift+p', 'Meta+Shift+p', 'Ctrl+k', 'Ctrl+Tab', 'Ctrl+w', 'Ctrl+,'])(
    '%s, wherever the focus is',
    (chord) => {
      for (const target of everywhere) expect([target, goesToEditor(press(chord), target)]).toEqual([target, true])
    },
  )

  it.each(['Ctrl+Shift+x', 'Ctrl+Shift+a', 'Ctrl+Shift+c', 'Ctrl+Shift+v'])(
    '%s, which is a command there and not the clipboard',
    (chord) => expect(goesToEditor(press(chord), 'none')).toBe(true),
  )

  it.each(['Escape', 't', 'Alt+ArrowLeft', 'Ctrl+PageDown'])('%s, where no text is being written', (chord) => {
    expect(goesToEditor(press(chord), 'none')).toBe(true)
  })

  it('Escape also from a field: it writes nothing', () => {
    expect(goesToEditor(press('Escape'), 'text')).toBe(true)
  })
})

describe('keys that stay', () => {
  it.each(['Ctrl+c', 'Ctrl+v', 'Ctrl+x', 'Ctrl+a', 'Ctrl+z', 'Meta+c', 'Meta+v', 'Meta+x', 'Meta+a', 'Meta+z'])(
    '%s, wherever the focus is',
    (chord) => {
      for (const target of everywhere) expect([target, goesToEditor(press(chord), target)]).toEqual([target, false])
    },
  )

  it.each(['Tab', 'Shift+Tab', 'ArrowDown', 'PageUp', 'Home', 'Shift+End', 'Shift', 'Control', 'Dead', 'Process'])(
    '%s, wherever the focus is',
    (chord) => {
      for (const target of everywhere) expect([target, goesToEditor(press(chord), target)]).toEqual([target, false])
    },
  )

  it.each(['a', 'Shift+a', 'Space', 'Enter', 'Backspace', 'Ctrl+Backspace', 'Ctrl+ArrowLeft', 'Ctrl+y', 'Alt+l'])(
    '%s in a field, where it writes',
    (chord) => expect(goesToEditor(press(chord), 'text')).toBe(false),
  )

  it('AltGr in a field, which Windows calls Ctrl and Alt', () => {
    expect(goesToEditor(press('Ctrl+Alt+@'), 'text')).toBe(false)
  })

  it.each([
    ['Enter', 'control'],
    ['Space', 'control'],
    ['p', 'choice'],
    ['Enter', 'choice'],
    ['Space', 'none'],
  ] as const)('%s on a %s', (chord, target) => {
    expect(goesToEditor(press(chord), target)).toBe(false)
  })

  it('what an input method is composing, and what a part of the page has used', () => {
    expect(goesToEditor(press('F1', { isComposing: true }), 'text')).toBe(false)
    expect(goesToEditor(press('Escape', { used: true }), 'text')).toBe(false)
  })
})
