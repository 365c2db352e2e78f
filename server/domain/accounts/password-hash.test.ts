import { describe, expect, test } from 'vitest'
import { hashPassword, verifyPassword } from './password-hash.ts'

describe('password hash', () => {
  test('is argon2id with the parameters that OWASP asks for, and a salt of its own each time', async () => {
    const [one, other] = await Promise.all([hashPassword('four green apples'), hashPassword('four green apples')])
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
    expect(other).not.toBe(one)
  })

  test('fits its password and no other, however the characters were composed', async () => {
    const hash = await hashPassword('crème brûlée four times')
    expect(await verifyPassword('crème brûlée four times'.normalize('NFD'), hash)).toBe(true)
    expect(await verifyPassword('creme brulee four times', hash)).toBe(false)
  })

  test('a hash with other parameters is still read by its own', async () => {
    const reference = '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4'
    expect(await verifyPassword('password', reference)).toBe(true)
  })

  test('without a hash the answer is no, after the same work', async () => {
    // The processor's time, since on a busy machine the clock goes on while nothing is done.
    const workOf = async (hash: string | null) => {
      const before = process.cpuUsage()
      expect(await verifyPassword('four green apples', hash)).toBe(false)
      const { user, system } = process.cpuUsage(before)
      return user + system
    }
    const hash = await hashPassword('another one entirely')
    await workOf(hash)
    let [known, unknown] = [0, 0]
    for (let round = 0; round < 5; round++) {
      known += await workOf(hash)
      unknown += await workOf(null)
    }
    expect(unknown / known).toBeGreaterThan(0.4)
    expect(unknown / known).toBeLessThan(2.5)
  })
})
