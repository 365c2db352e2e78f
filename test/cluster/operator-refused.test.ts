import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { revokeApiKey } from '#server/domain/api-keys/index.ts'
import { createTestKey } from '#test/context/test-operator.ts'
import { waitFor } from '#test/stack/wait-for.ts'
import { conditionOf, connect, isPro, useOperatorSetting } from './operator/operator-setting.ts'

/** Heartbeats so slow that only a collection can bring the news. */
const settingOf = useOperatorSetting({ HEARTBEAT_SECONDS: '60', COLLECTION_SECONDS: '5' })

test('a no to the key counts when it answers a collection, and nothing is collected until there is a new key', async () => {
  const { world, team, front, site } = settingOf()
  const { keyId } = await connect(settingOf())
  await waitFor('a collection', () => front.calls('collect') > 0)
  const beats = front.calls('heartbeat')
  await revokeApiKey(world.context(team.owner), { teamId: team.id, id: keyId })
  const status = await site.statusWhere('refused', (seen) => seen.health === 'degraded')
  expect(front.calls('heartbeat')).toBe(beats)
  expect(status).not.toHaveProperty('entitlement')
  expect((await site.record()).entitlement).toBeNull()
  expect(conditionOf(status, 'CollectionsFresh')).toMatchObject({ status: 'Unknown', reason: 'NotCollecting' })
  const sent = front.calls('collect')
  await delay(8_000)
  expect(front.calls('collect')).toBe(sent)
  site.setKey((await createTestKey(world, team, 'second')).key)
  await site.statusWhere('connected', isPro)
  await waitFor('collections under the new key', () => front.calls('collect') > sent)
})

test('while the key is taken away nothing more leaves, also of what waited', async () => {
  const { front, site } = settingOf()
  await connect(settingOf())
  front.behaviour = { kind: 'lose-answers', procedure: 'collect' }
  await waitFor('a collection that waits', () => front.calls('collect') > 0)
  site.setKey(null)
  await site.statusWhere('operated', ({ mode }) => mode === 'operated')
  const left = front.paths.length
  await delay(8_000)
  expect(front.paths.length).toBe(left)
  expect((await site.operator.http('/metrics')).text).toMatch(/^kube9_operator_waiting_collections 0$/m)
})
