import type { ErrorBody } from '#contract/errors.ts'
import type { Failure } from './failure.ts'

/** The contract's error body as a page shows it, or null when `body` is none. zod is too heavy for a page, so it is looked at by hand. */
export function failureOfBody(body: unknown): Failure | null {
  if (typeof memberOf(body, 'message') !== 'string' || typeof memberOf(body, 'code') !== 'string') return null
  const { message, code, requestId, details } = body as ErrorBody
  return { message: details?.issue ?? message, code, field: details?.field, requestId }
}

/** What tRPC throws in a browser carries the body in `data.kube9`. */
export function failureOfTrpcError(error: unknown): Failure | null {
  return failureOfBody(memberOf(memberOf(error, 'data'), 'kube9'))
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
}
