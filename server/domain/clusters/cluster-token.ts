import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

const TOKEN_BYTES = 32
const SHAPE = /^[A-Za-z0-9_-]{43}$/

/** A new cluster token: 256 random bits. Its SHA-256 is kept; the text goes to the operator once. */
export function createClusterToken(): { token: string; tokenHash: Uint8Array<ArrayBuffer> } {
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  return { token, tokenHash: hashOf(token) }
}

/** Compares in constant time. Nothing matches a cluster that has no token, as one of a public operator. */
export function clusterTokenMatches(presented: string | undefined, tokenHash: Uint8Array | null): boolean {
  if (presented === undefined || tokenHash === null || !SHAPE.test(presented)) return false
  return timingSafeEqual(hashOf(presented), tokenHash)
}

function hashOf(token: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(createHash('sha256').update(token).digest())
}
