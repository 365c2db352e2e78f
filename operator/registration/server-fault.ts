import type { ConditionReason } from '#contract/conditions.ts'
import { errorBodySchema, errorStatuses } from '#contract/errors.ts'
import type { ErrorBody } from '#contract/errors.ts'

export type AwayReason = Extract<
  ConditionReason,
  'ServerUnreachable' | 'ServerTimeout' | 'ServerThrottled' | 'ServerFault' | 'UnexpectedAnswer'
>

/**
 * Why a call to the server failed. `refused`: it said no to key or plan, in the contract's form. `unknown-cluster`: it does not know
 * this cluster by this token. Everything else is `away`, and takes nothing from the cluster within the grace; `isFinal` says that the
 * same request would always end so.
 */
export type ServerFault =
  | { kind: 'refused'; body: ErrorBody }
  | { kind: 'unknown-cluster'; body: ErrorBody }
  | { kind: 'away'; reason: AwayReason; detail: string; retryAfterSeconds: number | null; isFinal: boolean }

export class ServerFaultError extends Error {
  override readonly name = 'ServerFaultError'
  readonly fault: ServerFault

  constructor(fault: ServerFault, options?: ErrorOptions) {
    super(fault.kind === 'away' ? fault.detail : `${fault.body.code}: ${fault.body.message}`, options)
    this.fault = fault
  }
}

export function away(reason: AwayReason, detail: string, cause?: unknown): ServerFaultError {
  return new ServerFaultError({ kind: 'away', reason, detail, retryAfterSeconds: null, isFinal: false }, { cause })
}

/**
 * What an error answer means. Only a body of the contract whose code belongs to the status counts as the server's word: a proxy's or
 * a captive portal's 403 is none.
 */
export function faultOf(status: number, body: unknown, retryAfter: string | undefined): ServerFault {
  const parsed = errorBodySchema.safeParse(body)
  const isContract = parsed.success && errorStatuses[parsed.data.code] === status
  const retryAfterSeconds = secondsOf(retryAfter)
  if (isContract && [401, 402, 403].includes(status)) return { kind: 'refused', body: parsed.data }
  if (isContract && [404, 409].includes(status)) return { kind: 'unknown-cluster', body: parsed.data }
  if (status === 429) {
    const detail = 'the server asked for a pause (429)'
    return { kind: 'away', reason: 'ServerThrottled', detail, retryAfterSeconds, isFinal: false }
  }
  if (isContract) {
    const detail = `the server answered ${parsed.data.code} (${status})`
    const isFinal = [400, 413].includes(status)
    return { kind: 'away', reason: 'ServerFault', detail, retryAfterSeconds, isFinal }
  }
  const reason = status >= 500 ? 'ServerFault' : 'UnexpectedAnswer'
  return { kind: 'away', reason, detail: `the answer was ${status} and not kube9's`, retryAfterSeconds, isFinal: false }
}

/** `Retry-After` in seconds; its other form, a date, counts from now. */
function secondsOf(retryAfter: string | undefined): number | null {
  if (retryAfter === undefined || retryAfter.trim() === '') return null
  const seconds = Number(retryAfter)
  if (Number.isFinite(seconds)) return Math.max(0, seconds)
  const date = Date.parse(retryAfter)
  return Number.isNaN(date) ? null : Math.max(0, (date - Date.now()) / 1000)
}
