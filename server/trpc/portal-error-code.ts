import { TRPCError } from '@trpc/server'
import type { ErrorCode } from '#contract/errors.ts'
import { ServiceError } from '#server/core/errors.ts'

/** The code of an error that a caller of the portal's router threw, or null when it is none of ours. */
export function portalErrorCode(error: unknown): ErrorCode | null {
  const cause = error instanceof TRPCError ? error.cause : error
  return cause instanceof ServiceError ? cause.code : null
}
