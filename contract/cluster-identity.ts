import { z } from 'zod'

/** `sha256:` and 64 hex: ours hashes the UID of `kube-system`, public operators hash the API service's address. */
export const clusterIdentifierSchema = z.string().regex(/^sha256:[0-9a-f]{64}$/)

/** `cls_` and 32 hex. Unique only within a team, and never a primary key. */
export const clusterIdSchema = z.string().regex(/^cls_[0-9a-f]{32}$/)

/** The id that every client derives by itself from an identifier. A fork has a random one instead. */
export function clusterIdOf(clusterIdentifier: string): string {
  return `cls_${clusterIdentifier.slice('sha256:'.length, 'sha256:'.length + 32)}`
}

/** An id for a fork, which its operator adopts and keeps. */
export function randomClusterId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return `cls_${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`
}
