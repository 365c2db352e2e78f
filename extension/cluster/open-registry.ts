import { workspace } from 'vscode'
import type { Disposable } from '../change.ts'
import type { Services } from '../services.ts'
import { KubeconfigRegistry } from './kubeconfig-registry.ts'

/** The registry as the editor has it: with its settings, its proxy and its log. */
export function openRegistry(services: Omit<Services, 'clusters'>, subscriptions: Disposable[]): KubeconfigRegistry {
  const { settings, account, log } = services
  const registry = new KubeconfigRegistry({
    settings,
    account,
    editorProxy: () => {
      const http = workspace.getConfiguration('http')
      const isOff = http.get('proxySupport') === 'off'
      return { proxy: isOff ? '' : (http.get<string>('proxy') ?? ''), noProxy: http.get<string[]>('noProxy') ?? [] }
    },
    log: (line) => log.info(line),
  })
  subscriptions.push(
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('kube9.kubeconfigFiles')) void registry.reload()
    }),
  )
  return registry
}
