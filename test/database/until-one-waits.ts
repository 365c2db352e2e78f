import type { Database } from '#server/platform/database.ts'
import { waitFor } from '#test/stack/wait-for.ts'

/** How many connections to this database wait for what another one holds. */
async function connectionsThatWait(db: Database): Promise<number> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
  return rows.length
}

/** Resolves once one of them waits, or `instead`, which ought to wait, is settled. */
export async function untilOneWaits(db: Database, instead: Promise<unknown>): Promise<void> {
  let isSettled = false
  const settle = () => (isSettled = true)
  instead.then(settle, settle)
  await waitFor('a connection that waits', async () => isSettled || (await connectionsThatWait(db)) > 0)
}
