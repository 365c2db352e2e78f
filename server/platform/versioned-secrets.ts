/** Secrets by version. What is made now uses the current one; the others still open what was made before. */
export type VersionedSecrets = { readonly current: number; readonly byVersion: ReadonlyMap<number, Buffer> }

const MIN_BYTES = 32
const MAX_VERSION = 255
const PART = /^(\d{1,3}):([A-Za-z0-9+/_-]+={0,2})$/

/** Reads `1:<base64>,2:<base64>`; the highest number is current. Null when it is not of that form. */
export function parseVersionedSecrets(text: string): VersionedSecrets | null {
  const byVersion = new Map<number, Buffer>()
  for (const part of text.split(',')) {
    const [, version, encoded] = PART.exec(part.trim()) ?? []
    if (version === undefined || encoded === undefined) return null
    const secret = Buffer.from(encoded, 'base64')
    const number = Number(version)
    if (secret.length < MIN_BYTES || number < 1 || number > MAX_VERSION || byVersion.has(number)) return null
    byVersion.set(number, secret)
  }
  return { current: Math.max(...byVersion.keys()), byVersion }
}
