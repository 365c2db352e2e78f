import { describe, expect, it } from 'vitest'
import { relativeTime } from './relative-time-words.ts'

const now = Date.parse('2026-11-23T12:00:00Z')

describe('relative time', () => {
  it('never claims a precision that it does not have', () => {
    expect(relativeTime(now - 1_400, now)).toBe('just now')
    expect(relativeTime(now - 59_000, now)).toBe('59 seconds ago')
    expect(relativeTime(now - 119_000, now)).toBe('1 minute ago')
    expect(relativeTime(now - 3_599_000, now)).toBe('59 minutes ago')
    expect(relativeTime(now - 49 * 3_600_000, now)).toBe('2 days ago')
  })

  it('speaks of what is to come', () => {
    expect(relativeTime(now + 3 * 86_400_000, now)).toBe('in 3 days')
  })
})
