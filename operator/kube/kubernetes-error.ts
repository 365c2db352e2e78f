/** The Kubernetes API refused, or did not answer. `status` is its HTTP status, null when there was no answer. */
export class KubernetesError extends Error {
  override readonly name = 'KubernetesError'
  readonly status: number | null

  constructor(status: number | null, message: string, options?: ErrorOptions) {
    super(message, options)
    this.status = status
  }
}

export function isNotFound(error: unknown): boolean {
  return error instanceof KubernetesError && error.status === 404
}
