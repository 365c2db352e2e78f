import type { PageMessage } from '#contract/webview-protocol.ts'
import { FocusReturn } from '../focus-return.ts'

type Key = Extract<PageMessage, { type: 'key' }>

const LOOK_MS = 50

/**
 * Gives the editor a key that was pressed inside the frame, as if it had been pressed here: once, on the window, or a command
 * would be toggled twice. When the editor gives the focus back afterwards, it belongs to the frame again.
 */
export class EditorKeys {
  readonly #outer: Window
  readonly #return: FocusReturn
  #timer: ReturnType<typeof setInterval> | undefined

  constructor(outer: Window, focusFrame: () => void) {
    this.#outer = outer
    this.#return = new FocusReturn(focusFrame)
  }

  give({ key, code, keyCode, ctrlKey, shiftKey, altKey, metaKey, repeat }: Key): void {
    const modifiers = { ctrlKey, shiftKey, altKey, metaKey }
    const init = { key, code, keyCode, which: keyCode, repeat, ...modifiers, bubbles: true, cancelable: true }
    this.#return.begin(Date.now())
    clearInterval(this.#timer)
    this.#timer = setInterval(() => this.#look(), LOOK_MS)
    this.#outer.dispatchEvent(new KeyboardEvent('keydown', init))
  }

  #look(): void {
    if (!this.#return.look(Date.now(), hasFocus(this.#outer))) clearInterval(this.#timer)
  }
}

/** Whether the webview has the focus. The editor gives it to the document above this one, where no event tells of it here. */
function hasFocus({ parent, document }: Window): boolean {
  try {
    return parent.document.hasFocus()
  } catch {
    return document.hasFocus()
  }
}
