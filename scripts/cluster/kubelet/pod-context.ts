import type { ClusterImage } from '../sandbox/protocol.ts'
import type { ConnectionLedger } from '../sandbox/connection-ledger.ts'
import type { ApiClient } from './api-client.ts'

/** What all pods of the node share. */
export interface NodeContext {
  client: ApiClient
  nodeName: string
  stateFolder: string
  images: Record<string, ClusterImage>
  nodeProgram: string
  hosts: Record<string, string>
  crashBackoffMs: number[]
  rootless: boolean
  ledger: ConnectionLedger
  log: (line: string) => void
}

/** The image without its tag and digest, under which the cluster's user named its files. */
export function imageRepository(image: string): string {
  const withoutDigest = image.split('@')[0] ?? image
  return withoutDigest.replace(/:[^:/]+$/, '')
}
