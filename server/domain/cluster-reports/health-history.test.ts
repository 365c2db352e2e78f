import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { healthHistorySchema, historyRangesHours } from '#contract/cluster-report.ts'
import { askDatabase } from '#test/database/ask-database.ts'
import { TestCluster } from '#test/context/test-cluster.ts'
import { clusterMetadata, resourceInventory } from '#test/context/test-collections.ts'
import { TestWorld } from '#test/context/test-world.ts'
import type { TestTeam } from '#test/context/test-world.ts'
import type { HistoryRange } from './history-window.ts'
import { readHealthHistory } from './index.ts'

let world: TestWorld
let team: TestTeam
let cluster: TestCluster
beforeAll(async () => {
  world = await TestWorld.create()
})
afterAll(() => world.close())
beforeEach(async () => {
  // Partitions reach from yesterday to two weeks ahead; here a whole week lies behind.
  const start = new Date(Date.now() + 8 * 24 * 3_600_000)
  start.setUTCHours(12, 0, 0, 0)
  world.clock.set(start)
  team = await world.createTeam({ plan: 'pro' })
  cluster = await TestCluster.register(world, team)
})

async function history(rangeHours: HistoryRange = 1) {
  const input = { teamId: team.id, clusterId: cluster.clusterId, rangeHours }
  return healthHistorySchema.parse(await readHealthHistory(world.context(team.owner), input))
}

describe('readHealthHistory', () => {
  test.each(historyRangesHours)(
    'has buckets of one length without a gap over %i h, the last one around now',
    async (range) => {
      world.clock.advance({ minutes: 7, seconds: 31 })
      await cluster.beat()
      const { bucketSeconds, buckets } = await history(range)
      expect(buckets.length).toBeGreaterThanOrEqual(48)
      expect(buckets.length * bucketSeconds).toBe(range * 3600)
      const begins = buckets.map(({ at }) => Date.parse(at) / 1000)
      expect(begins).toEqual(begins.map((_, index) => (begins[0] ?? 0) + index * bucketSeconds))
      const now = world.clock.now().getTime() / 1000
      expect(begins.at(-1)).toBeLessThanOrEqual(now)
      expect((begins.at(-1) ?? 0) + bucketSeconds).toBeGreaterThan(now)
      expect(buckets.at(-1)).toMatchObject({ health: 'healthy', beats: 1 })
      expect(buckets.slice(0, -1).every(({ health, beats }) => health === 'silent' && beats === 0)).toBe(true)
    },
  )

  test('gives the worst that was heard in a bucket, and the last collection that came in it', async () => {
    await cluster.beat()
    await cluster.collect(clusterMetadata({ nodeCount: 5, readyNodeCount: 5 }))
    world.clock.advance({ seconds: 20 })
    await cluster.beat({ health: 'unhealthy' })
    await cluster.collect(clusterMetadata({ nodeCount: 5, readyNodeCount: 4 }))
    await cluster.collect(
      resourceInventory({ podPhases: { running: 9, pending: 2, succeeded: 3, failed: 1, unknown: 0 }, restarts: 17 }),
    )
    world.clock.advance({ seconds: 20 })
    await cluster.beat({ health: 'degraded' })
    world.clock.advance({ seconds: 30 })
    await cluster.beat()
    const { buckets } = await history()
    expect(buckets.slice(-2)).toMatchObject([
      {
        health: 'unhealthy',
        beats: 3,
        nodes: 5,
        readyNodes: 4,
        podsRunning: 9,
        podsPending: 2,
        podsFailed: 1,
        restarts: 17,
      },
      { health: 'healthy', beats: 1, nodes: null, readyNodes: null, podsRunning: null, restarts: null },
    ])
  })

  test('goes on across midnight, when samples change their partition', async () => {
    const midnight = new Date(world.clock.now())
    midnight.setUTCHours(24, 0, 0, 0)
    world.clock.set(new Date(midnight.getTime() - 90_000))
    for (let count = 0; count < 6; count++) {
      await cluster.beat()
      await cluster.collect(clusterMetadata({ nodeCount: count }))
      world.clock.advance({ seconds: 30 })
    }
    const { buckets } = await history()
    expect(buckets.slice(-5).map(({ beats, nodes }) => ({ beats, nodes }))).toEqual([
      { beats: 0, nodes: null },
      { beats: 1, nodes: 0 },
      { beats: 2, nodes: 2 },
      { beats: 2, nodes: 4 },
      { beats: 1, nodes: 5 },
    ])
  })

  test('does not call a bucket silent that is too young to have heard a beat', async () => {
    world.clock.advance({ seconds: 50 })
    await cluster.beat()
    world.clock.advance({ seconds: 25 })
    expect((await history()).buckets.at(-1)).toMatchObject({ health: 'healthy', beats: 1 })
    world.clock.advance({ seconds: 60 })
    expect((await history()).buckets.at(-1)).toMatchObject({ health: 'silent', beats: 0 })
  })

  test('shows nothing of another cluster, and nothing of a form that is not ours', async () => {
    const other = await TestCluster.register(world, team)
    await other.beat({ health: 'unhealthy' })
    await other.collect(clusterMetadata({ nodeCount: 99 }))
    const { data, ...sent } = clusterMetadata()
    await cluster.collect({ ...sent, data: { collectionId: data.collectionId, nodeCount: 4, provider: 'aws' } })
    world.clock.advance({ minutes: 2 })
    const { buckets } = await history()
    expect(buckets.every(({ health, nodes }) => health === 'silent' && nodes === null)).toBe(true)
  })

  test('marks where another salt began, and not where the first one did', async () => {
    await cluster.collect(clusterMetadata())
    world.clock.advance({ minutes: 5 })
    await cluster.collect(resourceInventory())
    world.clock.advance({ minutes: 5 })
    await cluster.collect(clusterMetadata({ saltId: 'salt_fedcba9876543210' }))
    const breaks = [world.clock.now().toISOString()]
    world.clock.advance({ minutes: 5 })
    await cluster.collect(resourceInventory({ saltId: 'salt_fedcba9876543210' }))
    expect((await history()).saltBreaks).toEqual(breaks)
  })

  test('needs a plan', async () => {
    await world.db.team.update({ where: { id: team.id }, data: { plan: 'free' } })
    await expect(history()).rejects.toMatchObject({ code: 'SUBSCRIPTION_REQUIRED' })
  })
})

/** Beats each 30 s and collections each 5 min, for a week, of a cluster and of others beside it. */
async function fillWeek(): Promise<void> {
  const now = world.clock.now()
  const others = await Promise.all(Array.from({ length: 4 }, () => TestCluster.register(world, team)))
  for (const { rowId } of [cluster, ...others]) {
    await world.db.$executeRaw`
      INSERT INTO ts.heartbeats (team_id, cluster_row_id, received_at, sequence, health)
      SELECT ${team.id}::uuid, ${rowId}::uuid, ${now}::timestamptz - n * interval '30 seconds', n,
        CASE WHEN n = 9000 THEN 'degraded' ELSE 'healthy' END
      FROM generate_series(0, 20159) AS n`
    for (const { type, data } of [clusterMetadata(), resourceInventory()]) {
      await world.db.$executeRaw`
        INSERT INTO ts.collections (team_id, cluster_row_id, collection_id, type, received_at, payload, numbers)
        SELECT ${team.id}::uuid, ${rowId}::uuid, 'coll_' || ${type} || n, ${type},
          ${now}::timestamptz - n * interval '5 minutes', jsonb_build_object('data', ${JSON.stringify(data)}::jsonb),
          '{"nodes":3,"readyNodes":3,"podsRunning":40,"podsPending":0,"podsFailed":0,"restarts":2}'::jsonb
        FROM generate_series(0, 2015) AS n`
    }
  }
  await askDatabase(world.database.ownerUrl, 'VACUUM (ANALYZE) ts.heartbeats, ts.collections')
}

describe('a week of beats each 30 s', () => {
  test('is read whole in a fraction of a second, and from the partitions of the time asked for alone', async () => {
    await fillWeek()
    const { buckets } = await history(168)
    expect(buckets.reduce((sum, { beats }) => sum + beats, 0)).toBeGreaterThanOrEqual(19_800)
    expect(buckets.filter(({ health }) => health === 'degraded')).toHaveLength(1)
    expect(buckets.every(({ nodes, podsRunning }) => nodes === 3 && podsRunning === 40)).toBe(true)
    const times: number[] = []
    for (let count = 0; count < 5; count++) {
      const startedAt = performance.now()
      await history(168)
      times.push(performance.now() - startedAt)
    }
    expect(Math.min(...times)).toBeLessThan(500)
    const plan = await explainHour()
    expect(new Set(plan.match(/heartbeats_\d{8}\b/g)).size).toBe(1)
    expect(plan).toMatch(/Scan (using|on) heartbeats_\d{8}_pkey/)
    expect(plan).not.toContain('Seq Scan')
  })
})

async function explainHour(): Promise<string> {
  const now = world.clock.now()
  const rows = await askDatabase(
    world.database.ownerUrl,
    `EXPLAIN SELECT health, received_at FROM ts.heartbeats
      WHERE team_id = '${team.id}' AND cluster_row_id = '${cluster.rowId}'
        AND received_at >= '${new Date(now.getTime() - 3_600_000).toISOString()}' AND received_at <= '${now.toISOString()}'`,
  )
  return rows.map((row) => String(row['QUERY PLAN'])).join('\n')
}
