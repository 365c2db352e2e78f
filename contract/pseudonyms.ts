import { z } from 'zod'

/** The Secret beside the operator that holds the salt. Whoever may read it and list the objects knows the names. */
export const NAMES_SECRET = { name: 'kube9-operator-names', key: 'salt' } as const

/** Everything that has a name and may appear in a collection, by its kind in lower case. */
export const pseudonymKinds = [
  'node',
  'namespace',
  'deployment',
  'statefulset',
  'daemonset',
  'replicaset',
  'job',
  'cronjob',
  'pod',
  'service',
] as const
export type PseudonymKind = (typeof pseudonymKinds)[number]

/** `{kind}-{24 hex}`. */
export const pseudonymSchema = z.string().regex(/^[a-z]+-[0-9a-f]{24}$/)

/** A salt as it lies in its Secret: 32 random bytes as 64 hex. */
export const saltSchema = z.string().regex(/^[0-9a-f]{64}$/)

/** Tells one salt from another without saying anything of either. */
export const saltIdSchema = z.string().regex(/^salt_[0-9a-f]{16}$/)

export type NamedObject = { kind: PseudonymKind; namespace: string | null; name: string }

/** Computes pseudonyms under one salt; the same salt and object give the same pseudonym wherever this runs. */
export type Pseudonymizer = {
  readonly saltId: string
  pseudonymOf(object: NamedObject): Promise<string>
}

export function generateSalt(): string {
  return hexOf(crypto.getRandomValues(new Uint8Array(32)))
}

/** Throws a ZodError for a text that is no salt. */
export async function createPseudonymizer(salt: string): Promise<Pseudonymizer> {
  const bytes = Uint8Array.from(saltSchema.parse(salt).match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  const encoder = new TextEncoder()
  const digest = async (text: string, length: number) =>
    hexOf(new Uint8Array(await crypto.subtle.sign('HMAC', key, encoder.encode(text)))).slice(0, length)
  return {
    saltId: `salt_${await digest('kube9 salt id', 16)}`,
    pseudonymOf: async ({ kind, namespace, name }) =>
      `${kind}-${await digest(JSON.stringify([kind, namespace ?? '', name]), 24)}`,
  }
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
