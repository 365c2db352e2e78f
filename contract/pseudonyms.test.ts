import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createPseudonymizer, generateSalt, pseudonymSchema, saltIdSchema, saltSchema } from './pseudonyms.ts'

const SALT = '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff'

describe('a pseudonym', () => {
  test('is the kind and 24 hex of HMAC-SHA-256 under the salt, as any language computes it', async () => {
    const pseudonyms = await createPseudonymizer(SALT)
    const expected = (kind: string, namespace: string, name: string) =>
      `${kind}-${createHmac('sha256', Buffer.from(SALT, 'hex'))
        .update(JSON.stringify([kind, namespace, name]))
        .digest('hex')
        .slice(0, 24)}`
    expect(await pseudonyms.pseudonymOf({ kind: 'pod', namespace: 'shop', name: 'web-0' })).toBe(
      expected('pod', 'shop', 'web-0'),
    )
    expect(await pseudonyms.pseudonymOf({ kind: 'node', namespace: null, name: 'n1' })).toBe(expected('node', '', 'n1'))
  })

  test('does not change from one release to the next', async () => {
    const pseudonyms = await createPseudonymizer(SALT)
    expect(await pseudonyms.pseudonymOf({ kind: 'pod', namespace: 'shop', name: 'web-0' })).toBe(
      'pod-338e334aef744050a0262d5a',
    )
    expect(await pseudonyms.pseudonymOf({ kind: 'node', namespace: null, name: 'n1' })).toBe(
      'node-dbdc5086d78f09af43f7d27c',
    )
    expect(pseudonyms.saltId).toBe('salt_643800e2691b6897')
  })

  test('differs by kind, namespace, name and salt, and no two fields run into one another', async () => {
    const [one, other] = [await createPseudonymizer(SALT), await createPseudonymizer(generateSalt())]
    const objects = [
      { kind: 'pod', namespace: 'a', name: 'b' },
      { kind: 'service', namespace: 'a', name: 'b' },
      { kind: 'pod', namespace: 'a","b', name: '' },
      { kind: 'pod', namespace: 'ab', name: '' },
      { kind: 'pod', namespace: null, name: 'ab' },
    ] as const
    const all = await Promise.all([one, other].flatMap((salted) => objects.map((object) => salted.pseudonymOf(object))))
    expect(new Set(all.map((pseudonym) => pseudonym.split('-')[1])).size).toBe(all.length)
    for (const pseudonym of all) expect(pseudonymSchema.safeParse(pseudonym).success).toBe(true)
    expect(one.saltId).not.toBe(other.saltId)
    expect(saltIdSchema.safeParse(other.saltId).success).toBe(true)
  })
})

test('a salt is 32 random bytes, and what is none is refused', async () => {
  expect(saltSchema.safeParse(generateSalt()).success).toBe(true)
  expect(generateSalt()).not.toBe(generateSalt())
  for (const wrong of ['', SALT.slice(1), `${SALT}\n`, SALT.toUpperCase()]) {
    await expect(createPseudonymizer(wrong)).rejects.toThrow()
  }
})
