import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase } from '#server/platform/database.ts'
import { TestWorld } from '#test/context/test-world.ts'
import { addressBucket, countTowards, requireWithinLimit } from './index.ts'

let world: TestWorld
beforeAll(async () => {
  world = await TestWorld.create()
})
afterAll(() => world.close())

const nobody = () => world.context({ kind: 'anonymous' })

describe('a limit', () => {
  test('passes exactly as many as it says when all come at once, and starts anew with the window', async () => {
    const rule = { name: 'test.burst', limit: 5, windowSeconds: 60 }
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => countTowards(nobody(), rule, 'someone')))
    expect(outcomes.filter(({ passed }) => passed)).toHaveLength(5)
    world.clock.advance({ seconds: 60 })
    expect(await countTowards(nobody(), rule, 'someone')).toMatchObject({ passed: true, remaining: 4 })
  })

  test('says how long to wait in whole seconds until the window ends', async () => {
    const rule = { name: 'test.wait', limit: 1, windowSeconds: 600 }
    world.clock.set(new Date(Math.floor(world.clock.now().getTime() / 600_000) * 600_000 + 1_500))
    await requireWithinLimit(nobody(), rule, 'someone')
    await expect(requireWithinLimit(nobody(), rule, 'someone')).rejects.toMatchObject({
      code: 'TOO_MANY_REQUESTS',
      retryAfterSeconds: 599,
    })
  })

  test('that cannot be counted is not passed', async () => {
    const away = createDatabase({ url: 'postgresql://kube9_app:x@127.0.0.1:9/none' })
    const ctx = world.context({ kind: 'anonymous' }, { db: away })
    await expect(
      countTowards(ctx, { name: 'test.away', limit: 5, windowSeconds: 60 }, 'someone'),
    ).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
    await away.$disconnect()
  })
})

test.each([
  ['192.0.2.4', '192.0.2.4'],
  ['::ffff:192.0.2.4', '192.0.2.4'],
  ['2001:db8:0:42:aaaa:bbbb:cccc:dddd', '2001:db8:0:42::/64'],
  ['2001:0db8::0042:0:0:1', '2001:db8:0:0::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
])('%s counts as %s', (address, bucket) => {
  expect(addressBucket(address)).toBe(bucket)
})
