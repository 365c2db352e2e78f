import { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { egressFile } from './egress-store.ts'

const rowSchema = z
  .object({
    id: z.int(),
    sent_at: z.string(),
    server: z.string(),
    method: z.string(),
    path: z.string(),
    status: z.int().nullable(),
    fault: z.string().nullable(),
    bytes: z.int(),
  })
  .transform(({ sent_at, ...row }) => ({ sentAt: sent_at, ...row }))

/** One request that left. Without `status` and `fault` its answer has not come, or the operator was ended before it did. */
export type EgressEntry = z.infer<typeof rowSchema>

const COLUMNS = 'id, sent_at, server, method, path, status, fault, bytes'

/** What left last, the newest first. Throws when there is no store, or it cannot be read. */
export function listEgress(directory: string, limit: number): EgressEntry[] {
  return withStore(directory, (database) =>
    database
      .prepare(`SELECT ${COLUMNS} FROM egress ORDER BY id DESC LIMIT ?`)
      .all(limit)
      .map((row) => rowSchema.parse(row)),
  )
}

/** One request with its body, byte for byte; null when there is none of this id, or no more. */
export function readEgress(directory: string, id: number): { entry: EgressEntry; body: Buffer } | null {
  return withStore(directory, (database) => {
    const row = database.prepare(`SELECT ${COLUMNS}, body FROM egress WHERE id = ?`).get(id)
    if (row === undefined) return null
    return { entry: rowSchema.parse(row), body: Buffer.from(z.instanceof(Uint8Array).parse(row['body'])) }
  })
}

function withStore<T>(directory: string, work: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(egressFile(directory), { readOnly: true })
  try {
    database.exec('PRAGMA busy_timeout = 2000')
    return work(database)
  } finally {
    database.close()
  }
}
