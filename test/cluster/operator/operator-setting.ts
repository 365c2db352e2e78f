import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import type { Condition, ConditionType } from '#contract/conditions.ts'
import type { OperatorStatus } from '#contract/operator-status.ts'
import { startCluster } from '#scripts/cluster/start-cluster.ts'
import type { Cluster } from '#scripts/cluster/start-cluster.ts'
import { startApi } from '#test/context/start-api.ts'
import type { TestApi } from '#test/context/start-api.ts'
import { createTestKey } from '#test/context/test-operator.ts'
import { TestWorld } from '#test/context/test-world.ts'
import type { TestTeam } from '#test/context/test-world.ts'
import { waitFor } from '#test/stack/wait-for.ts'
import { OperatorSite } from './operator-site.ts'
import { ServerFront } from './server-front.ts'

/** What each test has of its own: a namespace, the operator's address for the server, and a team. */
export interface Setting {
  cluster: Cluster
  apiUrl: string
  world: TestWorld
  front: ServerFront
  site: OperatorSite
  team: TestTeam
}

/** One real cluster and API for a test file. The answer gives what belongs to the test that runs. */
export function useOperatorSetting(variables: Record<string, string> = {}): () => Setting {
  let cluster: Cluster
  let world: TestWorld
  let api: TestApi
  let setting: Setting
  beforeAll(async () => {
    world = await TestWorld.create({ HEARTBEAT_SECONDS: '1', ...variables })
    ;[cluster, api] = await Promise.all([startCluster({ nodes: { kwok: 1 } }), startApi(world)])
  })
  afterAll(async () => {
    await cluster.stop()
    await api.close()
    await world.close()
  })
  beforeEach(async () => {
    world.clock.set(new Date())
    const front = await ServerFront.start(api.url)
    const [site, team] = [await OperatorSite.create(cluster, front.url), await world.createTeam()]
    setting = { cluster, apiUrl: api.url, world, front, site, team }
  })
  afterEach(async () => {
    await setting.site.remove()
    setting.front.stop()
  })
  return () => setting
}

/** A healthy, registered operator; the server may be away. */
export function isPro({ mode, tier, registered, health, error }: OperatorStatus): boolean {
  return mode === 'enabled' && tier === 'pro' && registered && health === 'healthy' && error === null
}

export function isAway(status: OperatorStatus): boolean {
  return conditionOf(status, 'ServerReachable').status === 'False'
}

export function conditionOf(status: OperatorStatus, type: ConditionType): Condition {
  const condition = status.conditions.find((each) => each.type === type)
  if (!condition) throw new Error(`There is no condition ${type}.`)
  return condition
}

/** Starts an operator with a key of the team, until it is connected and has beaten. */
export async function connect(setting: Setting): Promise<{ status: OperatorStatus; key: string; keyId: string }> {
  const { world, team, site, front } = setting
  const { key, id } = await createTestKey(world, team, randomUUID())
  site.setKey(key)
  site.start()
  const status = await site.statusWhere('connected', (seen) => isPro(seen) && seen.entitlement !== undefined)
  await waitFor('a heartbeat', () => front.calls('heartbeat') > 0)
  return { status, key, keyId: id }
}
