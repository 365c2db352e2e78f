import type { ServiceContext } from '#server/core/context.ts'
import { inTransaction } from '#server/core/transaction.ts'
import { OFFLINE_AFTER_SECONDS } from '#contract/portal-api.ts'
import { publishChange } from '#server/platform/events.ts'
import { offlineSince, recordHappenings } from './cluster-events.ts'
import { PUBLIC_OFFLINE_AFTER_SECONDS } from './pace.ts'

/**
 * Writes down and publishes, once for each, which clusters have been silent for so long that they count as offline. One that
 * is refused is not silent. For a job alone; what it missed while it was away it makes up for.
 */
export async function announceOfflineClusters(ctx: ServiceContext): Promise<void> {
  const now = ctx.clock.now()
  const lastSeenAt = (seconds: number) => ({ lt: new Date(now.getTime() - seconds * 1000) })
  const silent = { deletedAt: null, deregisteredAt: null, refusedAt: null, wentOfflineAt: null }
  const rows = await ctx.db.cluster.findMany({
    where: {
      ...silent,
      OR: [
        { tokenHash: { not: null }, lastSeenAt: lastSeenAt(OFFLINE_AFTER_SECONDS) },
        { tokenHash: null, lastSeenAt: lastSeenAt(PUBLIC_OFFLINE_AFTER_SECONDS) },
      ],
    },
    select: { teamId: true, id: true, tokenHash: true, lastSeenAt: true },
  })
  for (const { teamId, id, ...row } of rows) {
    const wentOfflineAt = offlineSince(row)
    await inTransaction(ctx, async (tx) => {
      // Another process may have been faster, or the cluster came back.
      const { count } = await tx.cluster.updateMany({
        where: { teamId, id, ...silent, lastSeenAt: row.lastSeenAt },
        data: { wentOfflineAt },
      })
      if (count === 0) return
      await recordHappenings(tx, { teamId, clusterId: id }, [{ kind: 'went-offline', at: wentOfflineAt }], now)
      await publishChange(tx, { teamId, kind: 'cluster', id })
    })
  }
}
