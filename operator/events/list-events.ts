import { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { storedEventSchema } from '#contract/event-query.ts'
import type { EventList, EventQuery } from '#contract/event-query.ts'
import { eventFile } from './event-store.ts'

const rowSchema = storedEventSchema.extend({
  metadata: z.preprocess((text) => JSON.parse(String(text)) as unknown, storedEventSchema.shape.metadata),
})

/** Events of the store, newest first. Throws when there is no store, or it cannot be read. */
export function listEvents(directory: string, query: EventQuery): EventList {
  const database = new DatabaseSync(eventFile(directory), { readOnly: true })
  try {
    database.exec('PRAGMA busy_timeout = 2000')
    const { where, values } = conditionsOf(query)
    const total = Number(
      database.prepare(`SELECT count(*) AS total FROM events ${where}`).get(...values)?.['total'] ?? 0,
    )
    const events = database
      .prepare(`SELECT * FROM events ${where} ORDER BY created_at DESC, id LIMIT ? OFFSET ?`)
      .all(...values, query.limit, query.offset)
      .map((row) => rowSchema.parse(row))
    return { events, pagination: { total, limit: query.limit, offset: query.offset, returned: events.length } }
  } finally {
    database.close()
  }
}

function conditionsOf({ objectNamespace, objectKind, since }: EventQuery): { where: string; values: string[] } {
  const conditions = [
    ['object_namespace = ?', objectNamespace],
    ['object_kind = ?', objectKind],
    ['created_at >= ?', since === undefined ? undefined : new Date(since).toISOString()],
  ].filter((pair): pair is [string, string] => pair[1] !== undefined)
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.map(([condition]) => condition).join(' AND ')}`
  return { where, values: conditions.map(([, value]) => value) }
}
