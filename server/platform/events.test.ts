import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ChangeNotice } from '#contract/portal-api.ts'
import { TestWorld } from '#test/context/test-world.ts'
import { waitFor } from '#test/stack/wait-for.ts'
import { LISTENER_NAME, listenForChanges, publishChange } from './events.ts'
import type { ChangeListener } from './events.ts'

let world: TestWorld
let listener: ChangeListener
const heard: ChangeNotice[] = []
let readAgain = 0
beforeAll(async () => {
  world = await TestWorld.create()
  listener = listenForChanges({ url: world.database.appUrl, log: world.log })
  listener.subscribe({ onChange: (notice) => heard.push(notice), onReadAgain: () => readAgain++ })
  await waitFor('the first notice', async () => {
    await publishChange(world.db, notice('first'))
    return heard.length > 0
  })
})
afterAll(async () => {
  await listener.close()
  await world.close()
})

function notice(id: string): ChangeNotice {
  return { teamId: randomUUID(), kind: 'cluster', id }
}

test('a change inside a transaction is heard of after its commit, and never when it is rolled back', async () => {
  const rolledBack = world.db.$transaction(async (tx) => {
    await publishChange(tx, notice('rolled back'))
    throw new Error('changed its mind')
  })
  await expect(rolledBack).rejects.toThrow('changed its mind')
  await world.db.$transaction((tx) => publishChange(tx, notice('committed')))
  await waitFor('the committed change', () => heard.some(({ id }) => id === 'committed'))
  expect(heard.map(({ id }) => id)).not.toContain('rolled back')
})

test('a connection that breaks is made anew, and listeners are told to read again', async () => {
  const before = readAgain
  // On a busy machine it may be away by itself just now.
  const breakConnection = () => world.db.$executeRaw`
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name = ${LISTENER_NAME} AND datname = current_database()`
  await expect.poll(breakConnection).toBe(1)
  await waitFor('the word to read again', () => readAgain > before)
  await publishChange(world.db, notice('afterwards'))
  await waitFor('a change after that', () => heard.some(({ id }) => id === 'afterwards'))
  expect(readAgain).toBeGreaterThan(before)
})

test('what is no notice is not passed on', async () => {
  await world.db.$executeRaw`SELECT pg_notify('kube9_events', 'not json')`
  await publishChange(world.db, notice('a good one'))
  await waitFor('the good one', () => heard.some(({ id }) => id === 'a good one'))
  expect(heard.every(({ kind }) => kind === 'cluster')).toBe(true)
})
