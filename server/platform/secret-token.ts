import { createHash, randomBytes } from 'node:crypto'

const TOKEN_BYTES = 32

/** A secret for a cookie, a mail or an editor: 43 characters of base64url. Only its SHA-256 is ever stored. */
export function createSecretToken(): { token: string; hash: Uint8Array<ArrayBuffer> } {
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  return { token, hash: hashSecretToken(token) }
}

/** 256 random bits need no slow hash and no salt. */
export function hashSecretToken(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(token).digest())
}
