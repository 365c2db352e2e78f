import { isKubeFault, KubeError } from '../../kube/kube-error.ts'
import type { Part } from './protocol.ts'

/** Reads one part. `rbac` is the rule that is missing when it may not be read. Never throws. */
export async function readPart<T>(read: () => Promise<T>): Promise<{ part: Part<T>; rbac: string | null }> {
  try {
    return { part: { state: 'known', value: await read() }, rbac: null }
  } catch (error) {
    if (isKubeFault(error, 'forbidden')) return { part: { state: 'forbidden' }, rbac: rbacOf(error) }
    const message = error instanceof Error ? error.message : String(error)
    return { part: { state: 'failed', message }, rbac: null }
  }
}

function rbacOf(error: unknown): string {
  return error instanceof KubeError ? (error.rbac ?? '') : ''
}
