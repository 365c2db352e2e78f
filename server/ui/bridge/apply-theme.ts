import { themeVariableNames } from '#contract/webview-protocol.ts'
import type { HostMessage } from '#contract/webview-protocol.ts'

type ThemeMessage = Extract<HostMessage, { type: 'theme' }>

/** Puts the editor's colours and fonts on the document. A variable that this theme has not is taken away. */
export function applyTheme(root: HTMLElement, { kind, variables }: ThemeMessage): void {
  for (const name of themeVariableNames) {
    const value = variables[name]
    if (value === undefined) root.style.removeProperty(`--vscode-${name}`)
    else root.style.setProperty(`--vscode-${name}`, value)
  }
  root.dataset['theme'] = kind
}

/** For a page that no editor has given a theme: the system's colours, once there is something to say. */
export function applySystemTheme(root: HTMLElement): void {
  if (root.dataset['theme'] === 'none') root.dataset['theme'] = 'system'
}
