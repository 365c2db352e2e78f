import type { Database } from '#server/platform/database.ts'

/** How many connections to this database wait for what another one holds. */
export async function connectionsThatWait(db: Database): Promise<number> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
  return rows.length
}
