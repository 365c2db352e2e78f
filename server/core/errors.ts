import type { ErrorCode, ErrorDetails } from '#contract/errors.ts'

/**
 * The only error that a verb throws on purpose. `message` is for the person who caused it: what happened, what to do.
 * What only logs may say goes into `cause`. Anything else that is thrown becomes SERVER_ERROR, with a generic text.
 */
export class ServiceError extends Error {
  readonly code: ErrorCode
  readonly details: ErrorDetails | undefined
  readonly retryAfterSeconds: number | undefined

  constructor(code: ErrorCode, message: string, options: ServiceErrorOptions = {}) {
    super(message, { cause: options.cause })
    this.name = 'ServiceError'
    this.code = code
    this.details = options.details
    this.retryAfterSeconds = options.retryAfterSeconds
  }
}

export type ServiceErrorOptions = { details?: ErrorDetails; retryAfterSeconds?: number; cause?: unknown }
