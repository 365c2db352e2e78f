import { window } from 'vscode'
import type { QuickPickItem } from 'vscode'
import type { Cluster } from '../cluster/cluster.ts'
import type { Services } from '../services.ts'
import { referTo } from '../webviews/frame/known-kinds.ts'
import { collectionPath } from '../webviews/frame/object-reference.ts'
import type { ObjectReference } from '../webviews/frame/object-reference.ts'
import { readTable } from '../webviews/frame/read-pages.ts'
import { chooseCluster } from './choose-cluster.ts'
import type { CommandTarget } from './target.ts'

const OFFERED = [
  'Pod',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
  'Service',
  'Ingress',
  'ConfigMap',
  'Secret',
  'Node',
  'Namespace',
]
const PAGE_SIZE = 500
const MAX_PAGES = 4

/** The row's object; from the palette the person chooses cluster, kind and object. Undefined when they choose none. */
export async function chooseObject(
  services: Services,
  target: CommandTarget | undefined,
  kinds: readonly string[] = OFFERED,
): Promise<ObjectReference | undefined> {
  if (target?.object) return target.object
  const cluster = await chooseCluster(services, target)
  if (!cluster) return undefined
  const kind = kinds.length === 1 ? kinds[0] : await window.showQuickPick(kinds, { placeHolder: 'Choose a kind' })
  return kind === undefined ? undefined : choose(cluster, kind)
}

async function choose({ api, context }: Cluster, kind: string): Promise<ObjectReference | undefined> {
  const list = referTo({ context: context.name, kind, name: '', namespace: null })
  if (!list) return undefined
  const read = async (): Promise<(QuickPickItem & { reference: ObjectReference | null })[]> => {
    const { items } = await readTable(api, { path: collectionPath(list), limit: PAGE_SIZE, maxPages: MAX_PAGES })
    return items.map(({ name, namespace, cells }) => ({
      label: name,
      description: [namespace, cells['Status'] ?? cells['Ready']].filter(Boolean).join('  '),
      reference: referTo({ context: context.name, kind, name, namespace }),
    }))
  }
  const options = { placeHolder: `Choose a ${kind}`, matchOnDescription: true }
  return (await window.showQuickPick(read(), options))?.reference ?? undefined
}
