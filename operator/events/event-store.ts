import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { StoredEvent } from '#contract/event-query.ts'
import type { OperatorConfig } from '../config.ts'

const FILE = 'events.db'
const DAY_MS = 86_400_000
const PAGE_BYTES = 4096
const MAX_FILE_BYTES = 64 * 1024 * 1024
/** At some 1,200 bytes each these stay well below the file's limit. */
const MAX_EVENTS = 30_000

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS events (
    id TEXT PRIMARY KEY,
    event_type TEXT NOT NULL,
    severity TEXT NOT NULL,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    object_kind TEXT,
    object_namespace TEXT,
    object_name TEXT,
    metadata TEXT NOT NULL,
    created_at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS events_created_at ON events (created_at);
`

const UPSERT = `
  INSERT INTO events (id, event_type, severity, title, description, object_kind, object_namespace, object_name, metadata, created_at)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (id) DO UPDATE SET
    description = excluded.description, metadata = excluded.metadata, created_at = excluded.created_at
    WHERE excluded.metadata <> events.metadata
`

export type RetentionDays = OperatorConfig['events']['retentionDays']

/** Events on disk, which survive any end of the process. Every method throws when the disk does. */
export class EventStore {
  readonly #database: DatabaseSync

  constructor(directory: string) {
    mkdirSync(directory, { recursive: true })
    this.#database = new DatabaseSync(join(directory, FILE))
    this.#database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 2000;')
    this.#database.exec(`PRAGMA cache_size = -256; PRAGMA max_page_count = ${MAX_FILE_BYTES / PAGE_BYTES};`)
    this.#database.exec('PRAGMA journal_size_limit = 1048576;')
    this.#database.exec(SCHEMA)
  }

  /** Adds events, or brings those with a known id up to date, all of them or none. */
  save(events: readonly StoredEvent[]): void {
    if (events.length === 0) return
    const statement = this.#database.prepare(UPSERT)
    this.#database.exec('BEGIN IMMEDIATE')
    try {
      for (const event of events) statement.run(...columnsOf(event))
      this.#database.exec('COMMIT')
    } catch (error) {
      this.#database.exec('ROLLBACK')
      throw error
    }
  }

  /** Drops what is older than its severity is kept, and the oldest beyond the store's size. */
  prune(days: RetentionDays, now: Date): void {
    const before = (kept: number) => new Date(now.getTime() - kept * DAY_MS).toISOString()
    this.#database
      .prepare(`DELETE FROM events WHERE created_at < ? AND severity IN ('info', 'warning')`)
      .run(before(days.infoWarning))
    this.#database
      .prepare(`DELETE FROM events WHERE created_at < ? AND severity IN ('error', 'critical')`)
      .run(before(days.errorCritical))
    this.#database
      .prepare(`DELETE FROM events WHERE id IN (SELECT id FROM events ORDER BY created_at DESC LIMIT -1 OFFSET ?)`)
      .run(MAX_EVENTS)
  }

  count(): number {
    return Number(this.#database.prepare('SELECT count(*) AS total FROM events').get()?.['total'] ?? 0)
  }

  close(): void {
    this.#database.close()
  }
}

/** Path of the store's file, for readers. */
export function eventFile(directory: string): string {
  return join(directory, FILE)
}

function columnsOf(event: StoredEvent): (string | null)[] {
  return [
    event.id,
    event.event_type,
    event.severity,
    event.title,
    event.description,
    event.object_kind,
    event.object_namespace,
    event.object_name,
    JSON.stringify(event.metadata),
    event.created_at,
  ]
}
