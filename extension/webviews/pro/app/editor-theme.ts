import { themeKinds, themeVariableNames } from '#contract/webview-protocol.ts'
import type { HostMessage, ThemeKind, ThemeVariableName } from '#contract/webview-protocol.ts'

const SETTLE_MS = 50

/** The editor's theme as the page takes it. */
export function readTheme(page: Document): Extract<HostMessage, { type: 'theme' }> {
  const style = getComputedStyle(page.documentElement)
  const variables: Partial<Record<ThemeVariableName, string>> = {}
  for (const name of themeVariableNames) {
    const value = style.getPropertyValue(`--vscode-${name}`).trim()
    if (value !== '' && value.length <= 512) variables[name] = value
  }
  return { v: 1, type: 'theme', kind: kindOf(page.body.dataset['vscodeThemeKind']), variables }
}

/** Calls back when the editor's theme has changed. It changes in several steps, so this waits until they are over. */
export function watchTheme(page: Document, changed: () => void): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const observer = new MutationObserver(() => {
    clearTimeout(timer)
    timer = setTimeout(changed, SETTLE_MS)
  })
  observer.observe(page.body, { attributeFilter: ['class', 'data-vscode-theme-kind', 'data-vscode-theme-id'] })
  observer.observe(page.documentElement, { attributeFilter: ['style'] })
}

function kindOf(text = ''): ThemeKind {
  return themeKinds.find((kind) => text === `vscode-${kind}`) ?? 'dark'
}
