/** Why a request gave nothing: what people see, and what mends it. */
export type KubeFault =
  /** No connection, no answer in time, a broken TLS: `status` is null. */
  | 'unreachable'
  /** 401, or a credential plugin that failed. */
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  /** 410: the list or watch is too old and begins anew. */
  | 'expired'
  | 'other'

interface KubeErrorOptions {
  status?: number
  mend?: string
  rbac?: string
  cause?: unknown
}

/**
 * `message` says what happened in one sentence for people; `mend` says what to do, when it is known. `rbac` is the rule that is
 * missing, as YAML for a Role or ClusterRole, when the API server named it.
 */
export class KubeError extends Error {
  override readonly name = 'KubeError'
  readonly fault: KubeFault
  readonly status: number | null
  readonly mend: string | null
  readonly rbac: string | null

  constructor(fault: KubeFault, message: string, options: KubeErrorOptions = {}) {
    super(message, { cause: options.cause })
    this.fault = fault
    this.status = options.status ?? null
    this.mend = options.mend ?? null
    this.rbac = options.rbac ?? null
  }
}

export function isKubeFault(error: unknown, fault: KubeFault): boolean {
  return error instanceof KubeError && error.fault === fault
}
