import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

const FILE = 'egress.db'
const PAGE_BYTES = 4096
const MAX_FILE_BYTES = 48 * 1024 * 1024
/** Of each path, so that a day's heartbeats do not push out the collections. */
const MAX_PER_PATH = 100
const MAX_BODY_BYTES = 16 * 1024 * 1024

/** `status` and `fault` are null while no answer has come. Header fields, and so keys and tokens, are never here. */
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS egress (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sent_at TEXT NOT NULL,
    server TEXT NOT NULL,
    method TEXT NOT NULL,
    path TEXT NOT NULL,
    status INTEGER,
    fault TEXT,
    bytes INTEGER NOT NULL,
    body BLOB NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS egress_path ON egress (path, id);
`

const PRUNE_PATH = `
  DELETE FROM egress WHERE path = ? AND id NOT IN (SELECT id FROM egress WHERE path = ? ORDER BY id DESC LIMIT ?)
`
const PRUNE_BYTES = `
  DELETE FROM egress WHERE id <= (
    SELECT max(id) FROM (SELECT id, sum(bytes) OVER (ORDER BY id DESC) AS total FROM egress) WHERE total > ?
  )
`

export interface SentRequest {
  sentAt: Date
  server: string
  method: string
  path: string
  body: string
}

export interface EgressLimits {
  maxPerPath: number
  maxBytes: number
}

/** The last requests that left, on disk. Every method throws when the disk does. */
export class EgressStore {
  readonly #database: DatabaseSync
  readonly #limits: EgressLimits

  constructor(directory: string, limits = { maxPerPath: MAX_PER_PATH, maxBytes: MAX_BODY_BYTES }) {
    this.#limits = limits
    mkdirSync(directory, { recursive: true })
    this.#database = new DatabaseSync(egressFile(directory))
    this.#database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 2000;')
    this.#database.exec(`PRAGMA cache_size = -256; PRAGMA max_page_count = ${MAX_FILE_BYTES / PAGE_BYTES};`)
    this.#database.exec('PRAGMA journal_size_limit = 1048576;')
    this.#database.exec(SCHEMA)
  }

  /** Keeps a request that is about to leave, and answers with its id. The oldest make room. */
  add({ sentAt, server, method, path, body }: SentRequest): number {
    const bytes = Buffer.from(body)
    const { lastInsertRowid } = this.#database
      .prepare('INSERT INTO egress (sent_at, server, method, path, bytes, body) VALUES (?, ?, ?, ?, ?, ?)')
      .run(sentAt.toISOString(), server, method, path, bytes.length, bytes)
    this.#database.prepare(PRUNE_PATH).run(path, path, this.#limits.maxPerPath)
    this.#database.prepare(PRUNE_BYTES).run(this.#limits.maxBytes)
    return Number(lastInsertRowid)
  }

  /** Adds what came of it: the status of the answer, or why there was none. */
  finish(id: number, { status, fault }: { status: number | null; fault: string | null }): void {
    this.#database.prepare('UPDATE egress SET status = ?, fault = ? WHERE id = ?').run(status, fault, id)
  }

  close(): void {
    this.#database.close()
  }
}

/** Path of the store's file, for readers. */
export function egressFile(directory: string): string {
  return join(directory, FILE)
}
