import { crc32 } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { generateApiKey, maskedApiKey, parseApiKey } from './api-key.ts'

describe('API key', () => {
  test('a fresh key reads back with its environment and its public parts', () => {
    for (const environment of ['prod', 'dev'] as const) {
      const key = generateApiKey(environment)
      expect(key).toMatch(new RegExp(`^kdy_${environment}_[0-9A-Za-z]{38}$`))
      expect(parseApiKey(key)).toEqual({
        key: {
          environment,
          lookupId: key.slice(key.length - 38, key.length - 28),
          lastFour: key.slice(-4),
        },
      })
    }
  })

  test('the checksum is the CRC-32 of everything before it, as zlib counts it', () => {
    const key = generateApiKey('prod')
    const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
    const stated = key
      .slice(-6)
      .split('')
      .reduce((sum, character) => sum * 62 + alphabet.indexOf(character), 0)
    expect(stated).toBe(crc32(key.slice(0, -6)))
  })

  test('every typing slip in one character is told from a key without a look-up', () => {
    const key = generateApiKey('prod')
    for (let at = 'kdy_prod_'.length; at < key.length; at++) {
      const slip = key.slice(0, at) + (key[at] === 'x' ? 'y' : 'x') + key.slice(at + 1)
      expect(parseApiKey(slip)).toEqual({ fault: 'checksum' })
    }
  })

  test.each(['', 'kdy_', 'kdy_test_abc', 'sk_live_123', 'kdy_prod_short'])('%j has not the shape of a key', (text) => {
    expect(parseApiKey(text)).toEqual({ fault: 'shape' })
  })

  test('a thousand keys have a thousand secrets and use the whole alphabet', () => {
    const keys = Array.from({ length: 1000 }, () => generateApiKey('prod'))
    expect(new Set(keys).size).toBe(1000)
    expect(new Set(keys.flatMap((key) => key.slice(9, 41).split(''))).size).toBe(62)
  })

  test('a masked key shows neither the secret nor enough to guess it', () => {
    const key = generateApiKey('prod')
    const parsed = parseApiKey(key)
    if ('fault' in parsed) throw new Error('a fresh key must parse')
    const masked = maskedApiKey(parsed.key)
    expect(masked).toBe(`${key.slice(0, 19)}…${key.slice(-4)}`)
    expect(masked).not.toContain(key.slice(19, 41))
  })
})
