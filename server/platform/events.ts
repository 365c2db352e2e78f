import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { CHANGE_CHANNEL, changeNoticeSchema } from '#contract/portal-api.ts'
import type { ChangeNotice } from '#contract/portal-api.ts'
import type { Transaction } from './database.ts'
import type { Logger } from './logger.ts'

/** Tells every process that something changed. Inside a transaction it goes out with the commit, or not at all. */
export async function publishChange(tx: Pick<Transaction, '$executeRaw'>, notice: ChangeNotice): Promise<void> {
  await tx.$executeRaw`SELECT pg_notify(${CHANGE_CHANNEL}, ${JSON.stringify(notice)})`
}

export type ChangeSubscriber = {
  onChange(notice: ChangeNotice): void
  /** Notices may have been lost while the connection was away: read again whatever you show. */
  onReadAgain(): void
}

export type ChangeListener = {
  /** Gives back what ends the subscription. */
  subscribe(subscriber: ChangeSubscriber): () => void
  close(): Promise<void>
}

const FIRST_RETRY_MS = 100
const LONGEST_RETRY_MS = 5_000
const PROBE_EVERY_MS = 5_000
const PROBE_TIMEOUT_MS = 3_000

/** What the database's list of connections calls this one. */
export const LISTENER_NAME = 'kube9-changes'

/** Listens to the changes that any process publishes, on one connection that is made anew for ever when it breaks. */
export function listenForChanges(options: { url: string; log: Logger }): ChangeListener {
  const subscribers = new Set<ChangeSubscriber>()
  const ended = new AbortController()
  const running = keepListening(options, subscribers, ended.signal)
  return {
    subscribe(subscriber) {
      subscribers.add(subscriber)
      return () => void subscribers.delete(subscriber)
    },
    async close() {
      ended.abort()
      await running
    },
  }
}

async function keepListening(
  options: { url: string; log: Logger },
  subscribers: Set<ChangeSubscriber>,
  signal: AbortSignal,
): Promise<void> {
  let retryMs = FIRST_RETRY_MS
  let connectedBefore = false
  while (!signal.aborted) {
    try {
      await listenOnce(options.url, subscribers, signal, () => {
        retryMs = FIRST_RETRY_MS
        if (connectedBefore) for (const subscriber of subscribers) subscriber.onReadAgain()
        connectedBefore = true
      })
    } catch (error) {
      options.log.warn(
        { reason: error instanceof Error ? error.message : String(error) },
        'the connection that hears of changes broke',
      )
    }
    if (signal.aborted) return
    await delay(retryMs * (0.5 + Math.random()), undefined, { signal }).catch(() => undefined)
    retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS)
  }
}

/** Resolves when `signal` ends it, rejects when the connection breaks or hangs. */
async function listenOnce(
  url: string,
  subscribers: Set<ChangeSubscriber>,
  signal: AbortSignal,
  onListening: () => void,
): Promise<void> {
  const client = new pg.Client({
    connectionString: url,
    application_name: LISTENER_NAME,
    connectionTimeoutMillis: PROBE_TIMEOUT_MS,
    query_timeout: PROBE_TIMEOUT_MS,
    keepAlive: true,
  })
  const broken = new Promise<never>((_, reject) => {
    client.once('error', reject)
    client.once('end', () => reject(new Error('the connection was closed')))
  })
  broken.catch(() => undefined)
  client.on('notification', (message) => deliver(message.payload, subscribers))
  try {
    await client.connect()
    await client.query(`LISTEN ${CHANGE_CHANNEL}`)
    onListening()
    // A cable that was pulled closes nothing; only a question shows it.
    while (!signal.aborted) {
      await Promise.race([broken, delay(PROBE_EVERY_MS, undefined, { signal }).catch(() => undefined)])
      if (!signal.aborted) await Promise.race([broken, client.query('SELECT 1')])
    }
  } finally {
    await client.end().catch(() => undefined)
  }
}

function deliver(payload: string | undefined, subscribers: Set<ChangeSubscriber>): void {
  const notice = changeNoticeSchema.safeParse(parseJson(payload ?? ''))
  if (!notice.success) return
  for (const subscriber of subscribers) subscriber.onChange(notice.data)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
