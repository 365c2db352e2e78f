import { afterAll, beforeAll, expect, test } from 'vitest'
import { clusterMetadata } from '#test/context/test-collections.ts'
import { TestCluster } from '#test/context/test-cluster.ts'
import { TestWorld } from '#test/context/test-world.ts'
import { askDatabase } from '#test/database/ask-database.ts'
import { keepPartitionsOnce } from './keep-partitions.ts'
import { removeExpiredOnce } from './remove-expired.ts'

let world: TestWorld
beforeAll(async () => {
  world = await TestWorld.create()
})
afterAll(() => world.close())

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
