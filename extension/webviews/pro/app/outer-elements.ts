import type { ToOuter } from '../protocol.ts'
import type { FrameState } from './page-frame.ts'

type Notice = Extract<ToOuter, { type: 'notice' }>['notice']

/** The parts of `outer-html.ts`, found once. */
export interface OuterElements {
  readonly frame: HTMLIFrameElement
  readonly pageUrl: string
  readonly target: string
  show(state: FrameState, serverOrigin: string): void
  showNotice(notice: Notice): void
  onRetry(listener: () => void): void
  onMend(listener: () => void): void
}

export function outerElements(page: Document): OuterElements {
  const one = <E extends HTMLElement>(selector: string): E => {
    const element = page.querySelector<E>(selector)
    if (!element) throw new Error(`The document lacks ${selector}.`)
    return element
  }
  const main = one('main')
  const [frame, waiting, fault, notice] = [
    one<HTMLIFrameElement>('#page'),
    one('#waiting'),
    one('#fault'),
    one('#notice'),
  ]
  const mend = one<HTMLButtonElement>('#notice button')
  const retry = one<HTMLButtonElement>('#fault button')
  return {
    frame,
    pageUrl: main.dataset['page'] ?? '',
    target: main.dataset['target'] ?? '',
    show(state, serverOrigin) {
      waiting.hidden = state !== 'loading'
      fault.hidden = state !== 'silent'
      frame.hidden = state === 'silent'
      // Drawn, but not seen yet: an empty frame would flash in the browser's own colour.
      frame.classList.toggle('coming', state !== 'open')
      if (state === 'silent') one('#fault [role=alert]').replaceChildren(...faultWords(page, serverOrigin))
    },
    showNotice(value) {
      notice.hidden = value === null
      one('#notice p').textContent = value?.text ?? ''
      mend.hidden = !value?.button
      mend.textContent = value?.button ?? ''
    },
    onRetry: (listener) => retry.addEventListener('click', listener),
    onMend: (listener) => mend.addEventListener('click', listener),
  }
}

/** A browser does not say why a frame stays empty: no answer, and an answer that may not be shown here, look the same. */
function faultWords(page: Document, serverOrigin: string): HTMLElement[] {
  const lines = [`${serverOrigin} did not answer, or does not let this editor show its page.`]
  const top = [...page.location.ancestorOrigins].at(-1)
  if (top?.startsWith('http')) lines.push(`A server of your own has to name this editor in EDITOR_ORIGINS: ${top}`)
  return lines.map((line) => Object.assign(page.createElement('p'), { textContent: line }))
}
