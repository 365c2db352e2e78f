import { withAudit } from '#server/core/audit.ts'
import { authorise } from '#server/core/authorise.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { ServiceError } from '#server/core/errors.ts'
import { publishChange } from '#server/platform/events.ts'

/** Takes a cluster off the list. One whose operator still runs with a good key registers again, as a new cluster. */
export async function removeCluster(ctx: ServiceContext, input: { teamId: string; id: string }): Promise<void> {
  authorise(ctx, 'clusters.remove', input)
  const { teamId, id } = input
  await withAudit(ctx, async (tx) => {
    const { count } = await tx.cluster.updateMany({
      where: { teamId, id, deletedAt: null },
      data: { deletedAt: ctx.clock.now() },
    })
    if (count === 0) throw new ServiceError('NOT_FOUND', 'There is no such cluster in this team.')
    await publishChange(tx, { teamId, kind: 'cluster', id })
    return { result: undefined, audit: { teamId, action: 'cluster.removed', target: { kind: 'cluster', id } } }
  })
}
