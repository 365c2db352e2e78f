import type { OperatorConfiguration } from '#contract/operator-api.ts'

/** A registration that holds, as it is at this moment. */
export interface Session {
  apiKey: string
  keyId: string
  clusterId: string
  clusterToken: string | null
  configuration: OperatorConfiguration
  /** Whether heartbeats find the server away. */
  isAway: boolean
  /** Aborts when the key changes: what is under way with the old one is dropped. */
  signal: AbortSignal
}

/** Key and cluster together: what was collected under one is not sent under another. */
export function originOf({ keyId, clusterId }: Pick<Session, 'keyId' | 'clusterId'>): string {
  return `${keyId}/${clusterId}`
}
