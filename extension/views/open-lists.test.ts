import { setTimeout as delay } from 'node:timers/promises'
import { beforeEach, expect, test } from 'vitest'
import type { Cluster } from '../cluster/cluster.ts'
import type { Standing } from '../cluster/standing.ts'
import { recordedApi, recordedRegistry } from '../webviews/frame/recorded-api.ts'
import { OpenLists } from './open-lists.ts'
import type { HoldingNode, RenewableNode } from './tree-node.ts'

let open: OpenLists
/** What was renewed, by the names of lists. */
let renewed: string[]

beforeEach(() => {
  open = new OpenLists()
  renewed = []
})

function clusterThatIs(standing: Standing): Cluster {
  const [cluster] = recordedRegistry(recordedApi({ answers: {} }), standing).clusters
  if (!cluster) throw new Error('The registry has no cluster.')
  return cluster
}

const present = () => clusterThatIs({ mode: 'basic', warning: null })

const row = { object: null, item: () => expect.unreachable('A row is not drawn here.'), children: () => [] }

function list(cluster: Cluster, name: string, answer: () => Promise<void> = async () => undefined): RenewableNode {
  const renew = () => {
    renewed.push(name)
    return answer()
  }
  return { ...row, cluster, renew, reload: async () => undefined, reloadWhenOld: async () => undefined }
}

/** The row of a cluster, or of a group, with lists below it. */
function rowAbove(cluster: Cluster, lists: RenewableNode[]): HoldingNode {
  return { ...row, cluster, holds: (one) => lists.includes(one) }
}

async function renewedBy(cause: () => unknown): Promise<string[]> {
  renewed = []
  void cause()
  await delay(20)
  return renewed
}

const renewal = () => renewedBy(() => open.renew())

test('a cluster that does not answer delays the lists of no other, and is asked for one list at a time', async () => {
  const [away, other] = [present(), present()]
  const never = () => new Promise<void>(() => undefined)
  await open.opened(list(away, 'pods, away', never))
  await open.opened(list(away, 'nodes, away', never))
  await open.opened(list(other, 'pods'))
  await open.opened(list(other, 'nodes'))
  expect(await renewal()).toEqual(['pods, away', 'pods', 'nodes'])
  expect(await renewal()).toEqual(['pods', 'nodes'])
})

test('lists below a collapsed row are not asked for, and are as soon as it is opened again', async () => {
  const cluster = present()
  const [pods, jobs] = [list(cluster, 'pods'), list(cluster, 'jobs')]
  const group = rowAbove(cluster, [jobs])
  const whole = rowAbove(cluster, [pods, jobs])
  for (const node of [whole, group, pods, jobs]) await open.opened(node)
  expect(await renewal()).toEqual(['pods', 'jobs'])
  open.closed(group)
  expect(await renewal()).toEqual(['pods'])
  open.closed(whole)
  expect(await renewal()).toEqual([])
  expect(await renewedBy(() => open.opened(whole))).toEqual(['pods'])
  expect(await renewedBy(() => open.opened(group))).toEqual(['pods', 'jobs'])
  expect(await renewal()).toEqual(['pods', 'jobs'])
})

test('an unreachable cluster is asked for no list until it is back', async () => {
  const cluster = { ...present() }
  await open.opened(list(cluster, 'pods'))
  cluster.standing = { mode: 'unreachable', reason: 'It is away.', mend: 'retry' }
  expect(await renewal()).toEqual([])
  cluster.standing = { mode: 'connecting' }
  expect(await renewal()).toEqual([])
  cluster.standing = { mode: 'basic', warning: null }
  expect(await renewal()).toEqual(['pods'])
})

test('a list that was closed, and one whose cluster is another now, is not asked for', async () => {
  const [kept, replaced] = [present(), present()]
  const closed = list(kept, 'closed')
  for (const node of [closed, list(kept, 'pods'), list(replaced, 'pods, before')]) await open.opened(node)
  open.closed(closed)
  open.forgetOthers([kept])
  expect(await renewal()).toEqual(['pods'])
})
