import { expect, test } from 'vitest'
import { cutText } from './cut-text.ts'

test('a text keeps within its length and never ends in half a character', () => {
  expect(cutText('short', 5)).toBe('short')
  expect(cutText('too long', 5)).toBe('too …')
  expect(cutText('abc😀def', 5)).toBe('abc…')
  expect(cutText('x'.repeat(1000), 420)).toHaveLength(420)
})
