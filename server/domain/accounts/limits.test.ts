import { afterAll, beforeAll, expect, test } from 'vitest'
import { TestWorld } from '#test/context/test-world.ts'
import { createVerifiedAccount, queueMagicLink, requestReset } from './index.ts'

let world: TestWorld
beforeAll(async () => {
  world = await TestWorld.create()
})
afterAll(() => world.close())

const nobody = () => world.context({ kind: 'anonymous' })
const mailsTo = (toAddress: string) => world.db.outgoingMail.count({ where: { toAddress } })

test('whoever floods a mailbox from many networks leaves its owner a link that works, and the mailbox in peace', async () => {
  const email = 'flooded@example.com'
  await createVerifiedAccount(nobody(), { email, name: null })
  // At the beginning of a window of each limit.
  world.clock.set(new Date(Math.ceil(world.clock.now().getTime() / 3_600_000) * 3_600_000))
  for (let count = 0; count < 12; count++)
    await requestReset(nobody(), { email, clientAddress: `198.51.100.${Math.floor(count / 6)}` })
  expect(await mailsTo(email)).toBe(12)
  const owner = { email, clientAddress: '203.0.113.7' }
  const magicLink = { email, token: 'token', callbackUrl: '/home' }
  for (const mails of [14, 14, 16]) {
    if (mails === 16) world.clock.advance({ minutes: 10 })
    await requestReset(nobody(), owner)
    await queueMagicLink(nobody(), magicLink)
    expect(await mailsTo(email)).toBe(mails)
  }
})
