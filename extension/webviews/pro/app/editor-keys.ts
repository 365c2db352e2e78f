import type { PageMessage } from '#contract/webview-protocol.ts'

type Key = Extract<PageMessage, { type: 'key' }>

/**
 * Gives the editor a key that was pressed inside the frame, as if it had been pressed here: once, on the window, or a command
 * would be toggled twice. When the editor gives the focus back to this document afterwards, it belongs to the frame again; at any other
 * time it is left where it is, or Tab and the palette would lose it.
 */
export class EditorKeys {
  #hasGiven = false

  constructor(outer: Window, focusFrame: () => void) {
    outer.addEventListener('focus', () => {
      if (!this.#hasGiven) return
      this.#hasGiven = false
      focusFrame()
    })
    // A person who comes back by hand is where they want to be.
    outer.addEventListener('pointerdown', () => (this.#hasGiven = false))
  }

  give(outer: Window, { key, code, keyCode, ctrlKey, shiftKey, altKey, metaKey, repeat }: Key): void {
    this.#hasGiven = true
    const modifiers = { ctrlKey, shiftKey, altKey, metaKey }
    const init = { key, code, keyCode, which: keyCode, repeat, ...modifiers, bubbles: true, cancelable: true }
    outer.dispatchEvent(new KeyboardEvent('keydown', init))
  }
}
