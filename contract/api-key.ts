import { z } from 'zod'

/** Where a key was made: `prod` by a hosted portal, `dev` by a local installation. Hosted servers refuse `dev`. */
export const apiKeyEnvironments = ['prod', 'dev'] as const
export type ApiKeyEnvironment = (typeof apiKeyEnvironments)[number]

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const LOOKUP_ID_LENGTH = 10
const RANDOM_LENGTH = 32
const CHECKSUM_LENGTH = 6
const SHAPE = /^kdy_(prod|dev)_([0-9A-Za-z]{32})([0-9A-Za-z]{6})$/

/** The parts of a well-formed key. `lookupId` is public, the rest of the random part is the secret. */
export type ApiKeyParts = { environment: ApiKeyEnvironment; lookupId: string; lastFour: string }

/** Why a text is no key: not the shape at all, or a typing slip that the checksum gives away. */
export type ApiKeyFault = 'shape' | 'checksum'

/**
 * Makes a key: `kdy_{env}_{32 base62}{6 base62 checksum}`. Of the 32 characters the first 10 are the lookup id, the other
 * 22 (131 bits) the secret.
 */
export function generateApiKey(environment: ApiKeyEnvironment): string {
  const head = `kdy_${environment}_${randomBase62(RANDOM_LENGTH)}`
  return head + checksumOf(head)
}

/** Reads a key's public parts without any look-up; a fault says why it cannot be a key. */
export function parseApiKey(text: string): { key: ApiKeyParts } | { fault: ApiKeyFault } {
  const match = SHAPE.exec(text)
  const [, environment, random, checksum] = match ?? []
  if (!environment || !random || !checksum) return { fault: 'shape' }
  if (checksumOf(text.slice(0, -CHECKSUM_LENGTH)) !== checksum) return { fault: 'checksum' }
  return {
    key: {
      environment: environment === 'prod' ? 'prod' : 'dev',
      lookupId: random.slice(0, LOOKUP_ID_LENGTH),
      lastFour: text.slice(-4),
    },
  }
}

/** How a key may be shown after its first showing: prefix, lookup id and last four characters. */
export function maskedApiKey(parts: ApiKeyParts): string {
  return `kdy_${parts.environment}_${parts.lookupId}…${parts.lastFour}`
}

/** Answer of `POST /v1/keys/verify`; the key itself travels in `Authorization` only. */
export const verifiedKeySchema = z.object({
  teamId: z.uuid(),
  keyId: z.uuid(),
  scopes: z.array(z.string()),
  expiresAt: z.iso.datetime().nullable(),
})
export type VerifiedKey = z.infer<typeof verifiedKeySchema>

/** Random base62 text without modulo bias. */
function randomBase62(length: number): string {
  let text = ''
  while (text.length < length) {
    for (const byte of crypto.getRandomValues(new Uint8Array(length))) {
      if (byte < 248 && text.length < length) text += BASE62.charAt(byte % 62)
    }
  }
  return text
}

function checksumOf(text: string): string {
  let rest = crc32(text)
  let encoded = ''
  for (let place = 0; place < CHECKSUM_LENGTH; place++) {
    encoded = BASE62.charAt(rest % 62) + encoded
    rest = Math.floor(rest / 62)
  }
  return encoded
}

/** CRC-32 (IEEE 802.3, reflected) of ASCII text. zlib's is not there in a browser, where keys are checked for slips too. */
function crc32(text: string): number {
  let crc = 0xffffffff
  for (let at = 0; at < text.length; at++) {
    crc ^= text.charCodeAt(at)
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}
