import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ChangeNotice } from '#contract/portal-api.ts'
import { listenForChanges, publishChange } from '#server/platform/events.ts'
import type { ChangeListener } from '#server/platform/events.ts'
import { createTestKey, registration } from '#test/context/test-operator.ts'
import { TestWorld } from '#test/context/test-world.ts'
import { waitFor } from '#test/stack/wait-for.ts'
import { announceOfflineClusters, registerCluster } from './index.ts'

let world: TestWorld
let listener: ChangeListener
const heard: ChangeNotice[] = []
beforeAll(async () => {
  world = await TestWorld.create()
  listener = listenForChanges({ url: world.database.appUrl, log: world.log })
  listener.subscribe({ onChange: (notice) => heard.push(notice), onReadAgain: () => undefined })
})
afterAll(async () => {
  await listener.close()
  await world.close()
})

test('pages hear of a cluster in the round in which it goes offline, and once', async () => {
  const team = await world.createTeam()
  const marker = async (id: string) => {
    await publishChange(world.db, { teamId: team.id, kind: 'team', id })
    return heard.some((notice) => notice.id === id)
  }
  await waitFor('the listener', () => marker('listening'))
  await registerCluster(world.context((await createTestKey(world, team)).actor), registration())
  const { id } = await world.db.cluster.findFirstOrThrow({ where: { teamId: team.id }, select: { id: true } })
  const ctx = world.context({ kind: 'system', job: 'announce-offline' })
  const noticesOfCluster = () => heard.filter((notice) => notice.id === id).length
  await waitFor('the registration', () => noticesOfCluster() === 1)
  for (const seconds of [170, 10, 1, 10]) {
    world.clock.advance({ seconds })
    await Promise.all([announceOfflineClusters(ctx), announceOfflineClusters(ctx)])
  }
  await waitFor('what was sent before', () => marker('afterwards'))
  expect(noticesOfCluster()).toBe(2)
})
