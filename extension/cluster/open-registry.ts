import { workspace } from 'vscode'
import type { Disposable } from '../change.ts'
import type { Services } from '../services.ts'
import { KubeconfigRegistry } from './kubeconfig-registry.ts'
import { ServerKeys } from './server-keys.ts'

/** The registry as the editor has it: with its settings, its proxy and its log. */
export function openRegistry(
  services: Pick<Services, 'settings' | 'account' | 'log'>,
  subscriptions: Disposable[],
): KubeconfigRegistry {
  const { settings, account, log } = services
  const registry = new KubeconfigRegistry({
    settings,
    account,
    editorProxy: () => {
      const http = workspace.getConfiguration('http')
      const isOff = http.get('proxySupport') === 'off'
      return { proxy: isOff ? '' : (http.get<string>('proxy') ?? ''), noProxy: http.get<string[]>('noProxy') ?? [] }
    },
    serverKeys: new ServerKeys(),
    log: (line) => log.info(line),
  })
  subscriptions.push(
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('kube9.kubeconfigFiles')) void registry.reload()
      const settings = ['kube9.operatorNamespaces', 'kube9.serverUrl']
      if (settings.some((name) => event.affectsConfiguration(name))) void registry.lookAgain()
    }),
  )
  return registry
}
