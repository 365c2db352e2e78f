import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import { clientAddressOf } from './client-address.ts'

function requestWith(forwardedFor?: string): IncomingMessage {
  const socket = new Socket()
  Object.defineProperty(socket, 'remoteAddress', { value: '10.0.0.1' })
  const req = new IncomingMessage(socket)
  if (forwardedFor !== undefined) req.headers['x-forwarded-for'] = forwardedFor
  return req
}

describe('client address', () => {
  test.each([
    [0, '6.6.6.6', '10.0.0.1'],
    [1, '6.6.6.6, 203.0.113.9', '203.0.113.9'],
    [2, '6.6.6.6, 203.0.113.9, 10.0.0.9', '203.0.113.9'],
    [1, undefined, '10.0.0.1'],
    [3, '203.0.113.9', '10.0.0.1'],
  ])('behind %d trusted proxies, X-Forwarded-For "%s" means %s', (hops, forwardedFor, expected) => {
    expect(clientAddressOf(requestWith(forwardedFor), hops)).toBe(expected)
  })
})
