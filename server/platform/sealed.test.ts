import { describe, expect, test } from 'vitest'
import { createSealer } from './sealed.ts'

const secret = 'a secret of at least thirty-two characters'

describe('createSealer', () => {
  test('opens what it sealed, and seals the same text differently each time', () => {
    const sealer = createSealer(secret, 'mail')
    const [one, other] = [sealer.seal('https://example.com/?token=…'), sealer.seal('https://example.com/?token=…')]
    expect(sealer.open(one)).toBe('https://example.com/?token=…')
    expect(Buffer.from(one).equals(other)).toBe(false)
    expect(Buffer.from(one).toString('latin1')).not.toContain('token')
  })

  test('does not open what was changed, or was sealed for another purpose or with another secret', () => {
    const sealed = createSealer(secret, 'mail').seal('text')
    const changed = Uint8Array.from(sealed)
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1
    expect(() => createSealer(secret, 'mail').open(changed)).toThrow(/unable to authenticate/)
    expect(() => createSealer(secret, 'signing key').open(sealed)).toThrow(/unable to authenticate/)
    expect(() => createSealer(`${secret}!`, 'mail').open(sealed)).toThrow(/unable to authenticate/)
  })

  test('opens what an older version sealed while the secret is being changed', () => {
    const sealed = createSealer(`1:${secret}`, 'mail').seal('text')
    const both = createSealer(`1:${secret},2:another secret of thirty-two characters`, 'mail')
    expect(both.open(sealed)).toBe('text')
    expect(() => createSealer('2:another secret of thirty-two characters', 'mail').open(both.seal('text'))).not.toThrow(
      /.*/,
    )
    expect(() => createSealer('2:another secret of thirty-two characters', 'mail').open(sealed)).toThrow(/version 1/)
  })

  test('seals under the first version when the secret names none', () => {
    expect(createSealer(`1:${secret}`, 'mail').open(createSealer(secret, 'mail').seal('text'))).toBe('text')
  })
})
