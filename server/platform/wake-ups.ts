import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import type { Logger } from './logger.ts'

const RETRY_MS = 1_000

/**
 * Calls `wake` at each NOTIFY of a channel until `signal` aborts, over a connection of its own that is made anew when it breaks.
 * Notices sent while it was away are lost: it wakes once after each connect, and callers look by themselves too.
 */
export async function listenForWakeUps(
  options: { url: string; channel: string; log: Logger; signal: AbortSignal },
  wake: () => void,
): Promise<void> {
  while (!options.signal.aborted) {
    try {
      await listenOnce(options, wake)
    } catch (error) {
      options.log.warn(
        { channel: options.channel, reason: error instanceof Error ? error.message : String(error) },
        'the connection that wakes jobs broke',
      )
    }
    await delay(RETRY_MS, undefined, { signal: options.signal }).catch(() => undefined)
  }
}

async function listenOnce(
  options: { url: string; channel: string; signal: AbortSignal },
  wake: () => void,
): Promise<void> {
  const client = new pg.Client({ connectionString: options.url, connectionTimeoutMillis: 5_000, keepAlive: true })
  const ended = new Promise<void>((resolve, reject) => {
    client.once('error', reject)
    client.once('end', resolve)
    options.signal.addEventListener('abort', () => resolve(), { once: true })
  })
  ended.catch(() => undefined)
  try {
    await client.connect()
    client.on('notification', wake)
    await client.query(`LISTEN ${client.escapeIdentifier(options.channel)}`)
    wake()
    await ended
  } finally {
    await client.end().catch(() => undefined)
  }
}
