import { QuickPickItemKind, window } from 'vscode'
import type { QuickPickItem } from 'vscode'
import type { Cluster } from '../cluster/cluster.ts'
import { namespaceKind } from '../lists/kinds.ts'
import { ObjectList } from '../lists/object-list.ts'
import type { Services } from '../services.ts'
import { chooseCluster } from './choose-cluster.ts'
import type { CommandTarget } from './target.ts'

const ALL: QuickPickItem = { label: 'All namespaces' }
const MAX_PAGES = 20

/** Narrows a cluster's lists to one namespace, or widens them again. */
export async function run(services: Services, target: CommandTarget | undefined): Promise<void> {
  const cluster = await chooseCluster(services, target)
  if (!cluster) return
  const { name } = cluster.context
  const current = services.namespaceFilter.of(name)
  const placeHolder = current === null ? `All namespaces of ${name} are shown` : `${name} shows ${current}`
  const chosen = await window.showQuickPick(offered(cluster), { placeHolder })
  if (!chosen) return
  const namespace = chosen === TYPED ? await typed(cluster) : chosen.label
  if (namespace === undefined) return
  await services.namespaceFilter.set(name, chosen === ALL ? null : namespace)
}

const TYPED: QuickPickItem = { label: 'Another namespace…', description: 'type its name' }

/** Who may not list namespaces may still work in one. */
async function offered(cluster: Cluster): Promise<QuickPickItem[]> {
  const list = new ObjectList(cluster.api, namespaceKind, null)
  await list.load()
  if (list.hasMore) await list.loadMore(MAX_PAGES)
  const own = cluster.context.namespace
  const names = list.objects.map(({ name }) => name)
  const known = own !== null && !names.includes(own) ? [own, ...names] : names
  const items = known.map((label) => ({ label, ...(label === own ? { description: 'of the context' } : {}) }))
  return [ALL, ...items, { label: '', kind: QuickPickItemKind.Separator }, TYPED]
}

async function typed({ context }: Cluster): Promise<string | undefined> {
  const text = await window.showInputBox({
    prompt: `A namespace of ${context.name}`,
    placeHolder: 'Name of the namespace',
  })
  return text?.trim() || undefined
}
