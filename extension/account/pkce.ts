import { createHash, randomBytes } from 'node:crypto'

/** RFC 7636 with S256: the verifier stays here until the code is exchanged, the challenge goes to the portal. */
export type Pkce = { verifier: string; challenge: string }

export function createPkce(): Pkce {
  const verifier = randomToken()
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') }
}

/** 256 random bits as 43 characters that need no escape in an address. */
export function randomToken(): string {
  return randomBytes(32).toString('base64url')
}
