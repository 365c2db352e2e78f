import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/** Encrypts and opens what lies in the database but must not be readable from it. */
export type Sealer = {
  /** AES-256-GCM. Layout: version (1 byte), nonce (12), tag (16), text. */
  seal(plain: string): Uint8Array<ArrayBuffer>
  /** Throws when the bytes were changed, or sealed with a secret or for a purpose that is not this one. */
  open(sealed: Uint8Array): string
}

const NONCE_BYTES = 12
const TAG_BYTES = 16
const HEAD_BYTES = 1 + NONCE_BYTES + TAG_BYTES
const PART = /^(\d{1,3}):(.+)$/

/**
 * A sealer for one purpose: bytes that were sealed for another one do not open. `secret` is one text, or several as
 * `1:…,2:…` while it is being changed; the highest version seals, each of them opens.
 */
export function createSealer(secret: string, purpose: string): Sealer {
  const keys = keysOf(secret, purpose)
  const current = Math.max(...keys.keys())
  return {
    seal(plain) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', keyOf(keys, current), nonce)
      cipher.setAAD(Buffer.from([current]))
      const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return Uint8Array.from(Buffer.concat([Buffer.from([current]), nonce, cipher.getAuthTag(), text]))
    },
    open(sealed) {
      const bytes = Buffer.from(sealed)
      const version = bytes.readUInt8(0)
      const decipher = createDecipheriv('aes-256-gcm', keyOf(keys, version), bytes.subarray(1, 1 + NONCE_BYTES))
      decipher.setAAD(Buffer.from([version]))
      decipher.setAuthTag(bytes.subarray(1 + NONCE_BYTES, HEAD_BYTES))
      return Buffer.concat([decipher.update(bytes.subarray(HEAD_BYTES)), decipher.final()]).toString('utf8')
    },
  }
}

function keysOf(secret: string, purpose: string): Map<number, Uint8Array> {
  const parts = secret.split(',').map((part) => PART.exec(part.trim()))
  const versions = parts.every((part) => part !== null)
    ? parts.map(([, version, text]) => [Number(version), text ?? ''] as const)
    : [[1, secret] as const]
  return new Map(versions.map(([version, text]) => [version, deriveKey(text, purpose)]))
}

function deriveKey(secret: string, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, 'kube9', purpose, 32))
}

function keyOf(keys: Map<number, Uint8Array>, version: number): Uint8Array {
  const key = keys.get(version)
  if (!key)
    throw new Error(`Nothing can open this: it was sealed with version ${version} of a secret that is not configured.`)
  return key
}
