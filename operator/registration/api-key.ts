import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseApiKey } from '#contract/api-key.ts'
import type { ApiKeyFault } from '#contract/api-key.ts'
import { API_KEY_FILE } from '../config.ts'

/** What the mounted Secret holds. `id` is the key's public part, the same for the same key. */
export type ApiKey =
  | { kind: 'none' }
  | { kind: 'malformed'; fault: ApiKeyFault }
  | { kind: 'present'; text: string; id: string }

export const NO_KEY: ApiKey = { kind: 'none' }

/** The key in the folder, trimmed. A missing folder or file, or an empty one, is no key. */
export async function readApiKey(directory: string): Promise<ApiKey> {
  const text = await readKeyFile(join(directory, API_KEY_FILE))
  if (text === '') return NO_KEY
  const parsed = parseApiKey(text)
  if ('fault' in parsed) return { kind: 'malformed', fault: parsed.fault }
  return { kind: 'present', text, id: parsed.key.lookupId }
}

export function sameKey(one: ApiKey, other: ApiKey): boolean {
  if (one.kind === 'present' && other.kind === 'present') return one.text === other.text
  return one.kind === other.kind
}

async function readKeyFile(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).trim()
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT' || code === 'ENOTDIR') return ''
    throw error
  }
}
