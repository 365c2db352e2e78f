import { watch } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { errorText } from '../log.ts'
import type { Log } from '../log.ts'
import { readApiKey, sameKey } from './api-key.ts'
import type { ApiKey } from './api-key.ts'

const POLL_MS = 5_000

export interface KeyWatch {
  directory: string
  current: ApiKey
  log: Log
  signal: AbortSignal
  onChange: (key: ApiKey) => void
}

/**
 * Reads the key again whenever its folder changes, and every 5 s besides: the kubelet swaps a link, and a folder that is not there
 * yet cannot be watched. A file that cannot be read leaves the key as it is. Ends with the signal.
 */
export async function watchApiKey({ directory, current, log, signal, onChange }: KeyWatch): Promise<void> {
  let known = current
  let troubled = false
  while (!signal.aborted) {
    await folderChange(directory, signal)
    try {
      const key = await readApiKey(directory)
      troubled = false
      if (sameKey(known, key)) continue
      known = key
      if (!signal.aborted) onChange(key)
    } catch (error) {
      if (!troubled)
        log.error('The API key cannot be read. The operator goes on with the last one.', { error: errorText(error) })
      troubled = true
    }
  }
}

/** Resolves at a change in the folder, after the poll interval, or with the signal. */
async function folderChange(directory: string, signal: AbortSignal): Promise<void> {
  const done = new AbortController()
  const either = AbortSignal.any([signal, done.signal])
  try {
    watch(directory, { signal: either }, () => done.abort()).on('error', () => undefined)
  } catch {
    // Not there yet, or no watches left: the poll serves.
  }
  await delay(POLL_MS, undefined, { signal: either }).catch(() => undefined)
  done.abort()
}
