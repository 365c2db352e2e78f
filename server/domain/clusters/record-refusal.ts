import { isRefusal } from '#contract/errors.ts'
import type { RefusalCode } from '#contract/errors.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { ServiceError } from '#server/core/errors.ts'
import { inTransaction } from '#server/core/transaction.ts'
import type { Transaction } from '#server/platform/database.ts'
import { publishChange } from '#server/platform/events.ts'
import { recordHappenings } from './cluster-events.ts'
import { clusterTokenMatches } from './cluster-token.ts'

/** A key that proved itself. */
export type OperatorKey = { teamId: string; apiKeyId: string }

/** What the caller says of itself, when it says so. */
export type OperatorClaim = {
  operatorVersion?: string | undefined
  clusterId?: string | undefined
  clusterIdentifier?: string | undefined
  clusterToken?: string | undefined
}

/** The same refusal of the same key is written down once in this time, however often it is tried. */
const COALESCE_MS = 10_000

/**
 * Writes down that a key or plan was refused, so that the portal can say so: an attempt for the key, and a mark on the
 * cluster when the caller proves to be it. Errors other than refusals are not written down.
 */
export async function recordRefusal(
  ctx: ServiceContext,
  key: OperatorKey,
  claim: OperatorClaim,
  error: ServiceError,
): Promise<void> {
  const { code } = error
  if (!isRefusal(code)) return
  const refused = { key, claim, code, at: ctx.clock.now() }
  await inTransaction(ctx, async (tx) => {
    await recordAttempt(tx, refused)
    await markCluster(tx, refused)
  })
}

/** Runs what may refuse, writes a refusal down, and throws it on. */
export async function recordingRefusals<T>(
  ctx: ServiceContext,
  key: OperatorKey,
  claim: OperatorClaim,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof ServiceError) await recordRefusal(ctx, key, claim, error)
    throw error
  }
}

type Refused = { key: OperatorKey; claim: OperatorClaim; code: RefusalCode; at: Date }

async function recordAttempt(tx: Transaction, { key, claim, code, at }: Refused): Promise<void> {
  const recent = await tx.refusedAttempt.findFirst({
    where: { ...key, code, at: { gt: new Date(at.getTime() - COALESCE_MS), lte: at } },
    select: { id: true },
  })
  if (recent) return
  await tx.refusedAttempt.create({
    data: { ...key, code, at, operatorVersion: claim.operatorVersion ?? null },
    select: { id: true },
  })
  await publishChange(tx, { teamId: key.teamId, kind: 'attempt', id: key.apiKeyId })
}

async function markCluster(tx: Transaction, { key, claim, code, at }: Refused): Promise<void> {
  const { teamId } = key
  const { clusterId, clusterIdentifier: identifier } = claim
  if (clusterId === undefined && identifier === undefined) return
  const candidates = await tx.cluster.findMany({
    where: {
      teamId,
      deletedAt: null,
      deregisteredAt: null,
      ...(clusterId === undefined ? {} : { clusterId }),
      ...(identifier === undefined ? {} : { identifier }),
    },
    select: { id: true, tokenHash: true, apiKeyId: true },
  })
  // A cluster with a token is marked by who shows the token alone; one without, by the key that registered it.
  const marked = candidates.filter((row) =>
    row.tokenHash ? clusterTokenMatches(claim.clusterToken, row.tokenHash) : row.apiKeyId === key.apiKeyId,
  )
  for (const { id } of marked) {
    const data = { refusedAt: at, refusedCode: code }
    const { count } = await tx.cluster.updateMany({
      where: { teamId, id, OR: [{ refusedAt: null }, { refusedCode: { not: code } }] },
      data,
    })
    // An operator that is refused keeps trying; only the first of these tries is news.
    if (count > 0) await recordHappenings(tx, { teamId, clusterId: id }, [{ kind: 'refused', detail: code }], at)
    else await tx.cluster.updateMany({ where: { teamId, id }, data })
    await publishChange(tx, { teamId, kind: 'cluster', id })
  }
}
