import { errorBodySchema } from '#contract/errors.ts'
import type { ErrorBody, ErrorCode } from '#contract/errors.ts'

/** Why something that was asked of the server did not come, in words for people. */
export class RequestFailed extends Error {
  override name = 'RequestFailed'
  /** `UNREACHABLE`: nothing of ours answered. `UNREADABLE`: it did, in a form that this page does not know. */
  readonly code: ErrorCode | 'UNREACHABLE' | 'UNREADABLE'
  readonly requestId: string | undefined
  /** The portal's page that mends it. */
  readonly manageUrl: string | undefined

  private constructor(
    message: string,
    facts: Pick<RequestFailed, 'code'> & { requestId?: string | undefined; manageUrl?: string | undefined },
    cause?: unknown,
  ) {
    super(message, { cause })
    this.code = facts.code
    this.requestId = facts.requestId
    this.manageUrl = facts.manageUrl
  }

  static unreachable(cause: unknown): RequestFailed {
    return new RequestFailed(
      'The server cannot be reached. Check the connection; this page tries again by itself.',
      { code: 'UNREACHABLE' },
      cause,
    )
  }

  static unreadable(cause?: unknown): RequestFailed {
    return new RequestFailed(
      'The server’s answer cannot be read by this page. Reopen the cluster; if it stays, update the extension.',
      { code: 'UNREADABLE' },
      cause,
    )
  }

  static of(body: ErrorBody | undefined): RequestFailed {
    if (!body) return RequestFailed.unreadable()
    const { message, code, requestId, details } = body
    return new RequestFailed(message, { code, requestId, manageUrl: details?.manageUrl })
  }

  /** From what tRPC throws: it carries the contract's body in `data.kube9`, or nothing of ours answered. */
  static ofTrpcError(error: Error): RequestFailed {
    const body = errorBodySchema.safeParse(memberOf(memberOf(error, 'data'), 'kube9'))
    return body.success ? RequestFailed.of(body.data) : RequestFailed.unreachable(error)
  }
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
}
