import { randomUUID } from 'node:crypto'
import type { Collection } from '#contract/collections.ts'
import type { HeartbeatRequest, RegisterRequest } from '#contract/operator-api.ts'
import { recordHeartbeat, registerCluster } from '#server/domain/clusters/index.ts'
import { storeCollection } from '#server/domain/collections/index.ts'
import { createTestKey, heartbeat, registration } from './test-operator.ts'
import type { TestTeam, TestWorld } from './test-world.ts'

/** A cluster of a team with its operator: it beats and collects when a test says so. */
export class TestCluster {
  readonly clusterId: string
  readonly rowId: string
  readonly apiKey: { key: string; id: string }
  readonly sent: RegisterRequest
  readonly clusterToken: string | undefined
  readonly #world: TestWorld
  readonly #actor: Awaited<ReturnType<typeof createTestKey>>['actor']
  #sequence = 0

  private constructor(
    world: TestWorld,
    key: Awaited<ReturnType<typeof createTestKey>>,
    ids: { clusterId: string; rowId: string; sent: RegisterRequest; clusterToken: string | undefined },
  ) {
    this.#world = world
    this.#actor = key.actor
    this.apiKey = { key: key.key, id: key.id }
    this.clusterId = ids.clusterId
    this.rowId = ids.rowId
    this.sent = ids.sent
    this.clusterToken = ids.clusterToken
  }

  static async register(world: TestWorld, team: TestTeam): Promise<TestCluster> {
    const key = await createTestKey(world, team)
    const sent = registration({ instanceId: randomUUID() })
    const { clusterId, clusterToken } = await registerCluster(world.context(key.actor), sent)
    const { id } = await world.db.cluster.findFirstOrThrow({
      where: { teamId: team.id, clusterId, deletedAt: null },
      select: { id: true },
    })
    return new TestCluster(world, key, { clusterId, rowId: id, sent, clusterToken })
  }

  get context() {
    return this.#world.context(this.#actor)
  }

  async beat(fields: Partial<HeartbeatRequest> = {}): Promise<void> {
    const { clusterId, clusterToken, sent } = this
    this.#sequence += 1
    const beat = { clusterId, instanceId: sent.instanceId ?? '', sequence: this.#sequence, ...fields }
    await recordHeartbeat(this.context, { ...heartbeat(beat), clusterToken })
  }

  async collect(collection: Collection): Promise<void> {
    await storeCollection(this.context, { ...collection, clusterToken: this.clusterToken })
  }
}
