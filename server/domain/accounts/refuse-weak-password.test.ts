import { describe, expect, test } from 'vitest'
import { refuseWeakPassword } from './refuse-weak-password.ts'

const EMAIL = 'ada.lovelace@analytical.example'

describe('weak passwords', () => {
  test.each([
    'unbelievable',
    'qwerty123456',
    '123456789012',
    'aaaaaaaaaaaaaaaa',
    'password2026',
    'Password123!',
    'P@ssw0rd1234',
    'Sunshine2024!',
    'dragondragon',
    'letmeinletmein',
    'abcabcabcabcabc',
    'ada.lovelace2026',
    'analytical1843',
    'kube9kube9kube9',
  ])('%s is refused, as guessing tries it early', (password) => {
    expect(() => refuseWeakPassword(password, EMAIL)).toThrow(
      expect.objectContaining({ code: 'INVALID_REQUEST', details: expect.objectContaining({ field: 'password' }) }),
    )
  })

  test.each([
    'correct horse battery staple',
    'four green apples',
    'xK2#vQ9!mPz7',
    'Wanderung im Nebel 7',
    'ночной поезд на юг',
  ])('%s is taken', (password) => {
    expect(() => refuseWeakPassword(password, EMAIL)).not.toThrow()
  })
})
