import { describe, expect, test } from 'vitest'
import { errorStatuses } from '#contract/errors.ts'
import type { ErrorCode } from '#contract/errors.ts'
import { faultOf } from './server-fault.ts'

const body = (code: ErrorCode) => ({ error: code, code, message: 'A message for people.' })

describe('what an error answer means', () => {
  test.each([
    'INVALID_API_KEY',
    'API_KEY_EXPIRED',
    'SUBSCRIPTION_REQUIRED',
    'FORBIDDEN',
    'CLUSTER_LIMIT_REACHED',
  ] as const)('%s in the contract’s form is a refusal', (code) => {
    expect(faultOf(errorStatuses[code], body(code), undefined)).toEqual({ kind: 'refused', body: body(code) })
  })

  test.each(['NOT_FOUND', 'INVALID_CLUSTER_TOKEN', 'CLUSTER_FORKED'] as const)('%s asks for a registration', (code) => {
    expect(faultOf(errorStatuses[code], body(code), undefined)).toMatchObject({ kind: 'unknown-cluster' })
  })

  test.each([401, 402, 403, 404, 409, 407])('%d without the contract’s body is nobody’s word', (status) => {
    for (const stranger of [undefined, null, {}, '<html>', { code: 'INVALID_API_KEY' }, { error: 'Unauthorized' }]) {
      expect(faultOf(status, stranger, undefined)).toMatchObject({ kind: 'away', reason: 'UnexpectedAnswer' })
    }
  })

  test('a body whose code does not belong to the status is nobody’s word', () => {
    expect(faultOf(403, body('INVALID_API_KEY'), undefined)).toMatchObject({ kind: 'away' })
    expect(faultOf(200, body('INVALID_API_KEY'), undefined)).toMatchObject({ kind: 'away' })
  })

  test.each([
    [429, body('TOO_MANY_REQUESTS'), 'ServerThrottled'],
    [429, '<html>', 'ServerThrottled'],
    [500, body('SERVER_ERROR'), 'ServerFault'],
    [503, body('SERVICE_UNAVAILABLE'), 'ServerFault'],
    [502, '<html>', 'ServerFault'],
    [400, body('INVALID_REQUEST'), 'ServerFault'],
    [301, '', 'UnexpectedAnswer'],
  ])('%d %j is a server that is away', (status, answer, reason) => {
    expect(faultOf(status, answer, undefined)).toMatchObject({ kind: 'away', reason })
  })

  test('Retry-After is read in seconds and as a date; anything else is none', () => {
    const seconds = (text: string) => {
      const fault = faultOf(503, body('SERVICE_UNAVAILABLE'), text)
      return fault.kind === 'away' ? fault.retryAfterSeconds : undefined
    }
    expect(seconds('30')).toBe(30)
    expect(seconds('-5')).toBe(0)
    expect(seconds('soon')).toBeNull()
    expect(seconds('')).toBeNull()
    expect(seconds(new Date(Date.now() + 60_000).toUTCString())).toBeGreaterThan(55)
  })
})
