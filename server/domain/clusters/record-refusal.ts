import { isRefusal } from '#contract/errors.ts'
import type { ServiceContext } from '#server/core/context.ts'
import type { ServiceError } from '#server/core/errors.ts'
import { inTransaction } from '#server/core/transaction.ts'
import type { Transaction } from '#server/platform/database.ts'
import { publishChange } from '#server/platform/events.ts'
import { clusterTokenMatches } from './cluster-token.ts'

/** Who was refused: the key is known, since it proved itself or its digest did. */
export type Refusal = {
  teamId: string
  apiKeyId: string
  operatorVersion: string | undefined
  /** Which cluster the caller says it is, when it says so. */
  cluster: { clusterId?: string | undefined; identifier?: string | undefined; clusterToken?: string | undefined }
}

/** The same refusal of the same key is written down once in this time, however often it is tried. */
const COALESCE_MS = 10_000

/**
 * Writes down that a key or plan was refused, so that the portal can say so: an attempt for the key, and a mark on the
 * cluster when the caller proves to be it. Errors other than refusals are not written down.
 */
export async function recordRefusal(ctx: ServiceContext, refusal: Refusal, error: ServiceError): Promise<void> {
  const { code } = error
  if (!isRefusal(code)) return
  const at = ctx.clock.now()
  await inTransaction(ctx, async (tx) => {
    await recordAttempt(tx, refusal, code, at)
    await markCluster(tx, refusal, code, at)
  })
}

async function recordAttempt(tx: Transaction, refusal: Refusal, code: string, at: Date): Promise<void> {
  const { teamId, apiKeyId } = refusal
  const recent = await tx.refusedAttempt.findFirst({
    where: { teamId, apiKeyId, code, at: { gt: new Date(at.getTime() - COALESCE_MS), lte: at } },
    select: { id: true },
  })
  if (recent) return
  await tx.refusedAttempt.create({
    data: { teamId, apiKeyId, code, at, operatorVersion: refusal.operatorVersion ?? null },
    select: { id: true },
  })
  await publishChange(tx, { teamId, kind: 'attempt', id: apiKeyId })
}

async function markCluster(tx: Transaction, refusal: Refusal, code: string, at: Date): Promise<void> {
  const { teamId, cluster } = refusal
  if (cluster.clusterId === undefined && cluster.identifier === undefined) return
  const candidates = await tx.cluster.findMany({
    where: {
      teamId,
      deletedAt: null,
      deregisteredAt: null,
      ...(cluster.clusterId === undefined ? {} : { clusterId: cluster.clusterId }),
      ...(cluster.identifier === undefined ? {} : { identifier: cluster.identifier }),
    },
    select: { id: true, tokenHash: true, apiKeyId: true },
  })
  // A cluster with a token is marked by who shows the token alone; one without, by the key that registered it.
  const marked = candidates.filter((row) =>
    row.tokenHash ? clusterTokenMatches(cluster.clusterToken, row.tokenHash) : row.apiKeyId === refusal.apiKeyId,
  )
  for (const { id } of marked) {
    await tx.cluster.update({
      where: { teamId_id: { teamId, id } },
      data: { refusedAt: at, refusedCode: code },
      select: { id: true },
    })
    await publishChange(tx, { teamId, kind: 'cluster', id })
  }
}
