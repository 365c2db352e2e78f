import { createHmac, timingSafeEqual } from 'node:crypto'
import { ServiceError } from '#server/core/errors.ts'
import type { VersionedSecrets } from '#server/platform/versioned-secrets.ts'

export type KeyDigest = { digest: Uint8Array<ArrayBuffer>; pepperVersion: number }

/** What is kept of a key: HMAC-SHA-256 of all of it under the current pepper. */
export function digestOf(key: string, peppers: VersionedSecrets): KeyDigest {
  return { digest: hmac(key, peppers, peppers.current), pepperVersion: peppers.current }
}

/**
 * Compares in constant time. Throws SERVICE_UNAVAILABLE when the pepper's version is not configured here: that is our
 * fault, and a 401 would make an operator give up for good.
 */
export function digestMatches(key: string, stored: KeyDigest, peppers: VersionedSecrets): boolean {
  return timingSafeEqual(hmac(key, peppers, stored.pepperVersion), stored.digest)
}

function hmac(key: string, peppers: VersionedSecrets, version: number): Uint8Array<ArrayBuffer> {
  const pepper = peppers.byVersion.get(version)
  if (!pepper) {
    throw new ServiceError(
      'SERVICE_UNAVAILABLE',
      'This key cannot be checked right now. Nothing is wrong with it; try again soon.',
      {
        retryAfterSeconds: 30,
        cause: new Error(`KEY_PEPPERS lacks version ${version}, under which this key is stored.`),
      },
    )
  }
  return Uint8Array.from(createHmac('sha256', pepper).update(key).digest())
}
