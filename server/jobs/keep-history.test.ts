import { afterAll, beforeAll, expect, test } from 'vitest'
import { clusterMetadata } from '#test/context/test-collections.ts'
import { TestCluster } from '#test/context/test-cluster.ts'
import { TestWorld } from '#test/context/test-world.ts'
import { askDatabase } from '#test/database/ask-database.ts'
import type { Database } from '#server/platform/database.ts'
import { keepPartitionsOnce } from './keep-partitions.ts'
import { removeExpiredOnce } from './remove-expired.ts'

let world: TestWorld
beforeAll(async () => {
  world = await TestWorld.create()
})
afterAll(() => world.close())

/** The test's database, one table of which is another. */
function databaseWith(table: string, instead: object): Database {
  return new Proxy(world.db, { get: (db, name) => (name === table ? instead : Reflect.get(db, name)) })
}

const job = () => world.context({ kind: 'system', job: 'test' })

test('samples are dropped after two weeks, by a role that can drop nothing else', async () => {
  const day = (daysAgo: number) => new Date(Date.now() - daysAgo * 24 * 3_600_000).toISOString().slice(0, 10)
  for (const daysAgo of [13, 15]) {
    for (const table of ['heartbeats', 'collections']) {
      await askDatabase(
        world.database.ownerUrl,
        `CREATE TABLE ts.${table}_${day(daysAgo).replaceAll('-', '')} PARTITION OF ts.${table}
          FOR VALUES FROM ('${day(daysAgo)}T00:00:00Z') TO ('${day(daysAgo - 1)}T00:00:00Z')`,
      )
    }
  }
  await keepPartitionsOnce(job())
  const tables = await askDatabase(
    world.database.ownerUrl,
    `SELECT relname FROM pg_class WHERE relkind = 'r' AND relname ~ '^(heartbeats|collections)_' ORDER BY relname`,
  )
  const names = tables.map(({ relname }) => relname)
  expect(names[0]).toBe(`collections_${day(13).replaceAll('-', '')}`)
  expect(names).toContain(`heartbeats_${day(13).replaceAll('-', '')}`)
  expect(names).not.toContain(`heartbeats_${day(15).replaceAll('-', '')}`)
})

test('what cannot be removed is logged, and keeps nothing else from being removed', async () => {
  const expiresAt = new Date(world.clock.now().getTime() - 1_000)
  await world.db.magicLink.create({ data: { identifier: 'late@example.com', tokenHash: 'hash', expiresAt } })
  const warnings: unknown[] = []
  const failing = { deleteMany: () => Promise.reject(new Error('canceling statement due to statement timeout')) }
  const ctx = job()
  await removeExpiredOnce({
    ...ctx,
    log: Object.assign(Object.create(ctx.log), { warn: (fields: unknown) => warnings.push(fields) }),
    db: databaseWith('session', failing),
  })
  expect(await world.db.magicLink.count({ where: { identifier: 'late@example.com' } })).toBe(0)
  expect(warnings).toEqual([{ what: 'sessions', reason: 'canceling statement due to statement timeout' }])
})

test('a backlog is removed in bites that no time limit cuts off', async () => {
  const expiresAt = new Date(world.clock.now().getTime() - 1_000)
  await world.db.$executeRaw`
    INSERT INTO rate_limits (bucket, window_start, count, expires_at)
    SELECT 'backlog:' || n, ${expiresAt}, 1, ${expiresAt} FROM generate_series(1, 25000) n`
  const counts: number[] = []
  const rateLimit = {
    deleteMany: async (args: Parameters<typeof world.db.rateLimit.deleteMany>[0]) => {
      const removed = await world.db.rateLimit.deleteMany(args)
      counts.push(removed.count)
      return removed
    },
  }
  await removeExpiredOnce({ ...job(), db: databaseWith('rateLimit', rateLimit) })
  expect(counts).toEqual([10_000, 10_000, 5_000])
})

test('events are removed after thirty days, and receipts with the collections that they are of', async () => {
  const team = await world.createTeam({ plan: 'pro' })
  const cluster = await TestCluster.register(world, team)
  await cluster.collect(clusterMetadata())
  const left = async () => [
    await world.db.clusterEvent.count({ where: { teamId: team.id } }),
    await world.db.collectionReceipt.count({ where: { teamId: team.id } }),
  ]
  for (const [days, expected] of [
    [14, [1, 1]],
    [1, [1, 0]],
    [15, [1, 0]],
    [1, [0, 0]],
  ] as const) {
    world.clock.advance({ days })
    await removeExpiredOnce(job())
    expect(await left()).toEqual(expected)
  }
})
