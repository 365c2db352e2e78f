import type { ErrorBody, ErrorCode } from '#contract/errors.ts'

/**
 * A call to the server that gave nothing. `away`: no answer, none in time, or a fault of the server's own; trying again may mend it.
 * `refused`: the server's word in the contract's form. `unexpected`: something that is not kube9 answered.
 */
export type ServerFault = 'away' | 'refused' | 'unexpected'

/** `message` is for people: what happened and what to do. It holds no token, no code and no address with a query. */
export class ServerError extends Error {
  override readonly name = 'ServerError'
  readonly fault: ServerFault
  readonly code: ErrorCode | null
  /** What support finds the request by. */
  readonly requestId: string | null
  /** A page that mends it, as the server says. */
  readonly manageUrl: string | null

  constructor(fault: ServerFault, message: string, options: { body?: ErrorBody; cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    this.fault = fault
    this.code = options.body?.code ?? null
    this.requestId = options.body?.requestId || null
    this.manageUrl = options.body?.details?.manageUrl ?? null
  }
}

/** One line for people, with the request id when there is one. Anything unknown says only what is safe to say. */
export function serverErrorText(error: unknown): string {
  if (!(error instanceof ServerError)) return 'Something failed inside the kube9 extension.'
  return error.requestId === null ? error.message : `${error.message} (Request id ${error.requestId})`
}
