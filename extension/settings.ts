import { workspace } from 'vscode'

/** What the person's settings say, read anew at each look. Addresses are without a slash at the end and never from a workspace. */
export interface Settings {
  readonly serverUrl: string
  readonly portalUrl: string
  /** Namespaces in which the operator is looked for first, `kube9-system` included. */
  readonly operatorNamespaces: readonly string[]
  /** Kubeconfig files instead of KUBECONFIG and ~/.kube/config; empty for those. */
  readonly kubeconfigFiles: readonly string[]
}

const DEFAULT_NAMESPACES = ['kube9-system', 'default']

export const editorSettings: Settings = {
  get serverUrl() {
    return address('serverUrl')
  },
  get portalUrl() {
    return address('portalUrl')
  },
  get operatorNamespaces() {
    return [...new Set([...texts('operatorNamespaces'), ...DEFAULT_NAMESPACES])]
  },
  get kubeconfigFiles() {
    return texts('kubeconfigFiles')
  },
}

/** The trust root. What the manifest says of its scope is said here once more: a workspace's value never counts. */
function address(name: string): string {
  const { globalValue, defaultValue } = workspace.getConfiguration('kube9').inspect<unknown>(name) ?? {}
  const value = typeof globalValue === 'string' && URL.canParse(globalValue) ? globalValue : defaultValue
  return String(value).replace(/\/+$/, '')
}

function texts(name: string): string[] {
  const value = workspace.getConfiguration('kube9').get<unknown>(name)
  if (!Array.isArray(value)) return []
  return value.filter((text): text is string => typeof text === 'string' && text.trim() !== '')
}
