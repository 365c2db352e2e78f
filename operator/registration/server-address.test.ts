import { expect, test } from 'vitest'
import { isAddressAllowed } from './server-address.ts'

test.each([
  'https://api.kube9.io',
  'http://localhost:4000',
  'http://127.0.0.1:4000',
  'http://127.8.9.1',
  'http://[::1]:4000',
])('a key may go to %s', (url) => {
  expect(isAddressAllowed({ url, allowInsecureHttp: false })).toBe(true)
})

test.each(['http://api.kube9.io', 'http://10.0.0.1', 'http://localhost.evil.example', 'http://127.evil.example'])(
  'a key may go to %s only where plain http was allowed on purpose',
  (url) => {
    expect(isAddressAllowed({ url, allowInsecureHttp: false })).toBe(false)
    expect(isAddressAllowed({ url, allowInsecureHttp: true })).toBe(true)
  },
)
