import { createHash, timingSafeEqual } from 'node:crypto'

/** PKCE by S256, the only method: whether `verifier` is what `challenge` was made of. */
export function provesChallenge(verifier: string, challenge: string): boolean {
  const made = createHash('sha256').update(verifier, 'ascii').digest()
  const given = Buffer.from(challenge, 'base64url')
  return given.length === made.length && timingSafeEqual(made, given)
}
