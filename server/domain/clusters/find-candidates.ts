import type { Transaction } from '#server/platform/database.ts'
import type { Candidate } from './identify.ts'
import { instanceHistorySchema } from './instances.ts'

export type CandidateRow = Candidate & {
  clusterId: string
  lastSequence: number
  refusedAt: Date | null
  wentOfflineAt: Date | null
}

/** The clusters of a team that share an identifier and were not removed, the oldest first. */
export async function findCandidates(
  tx: Transaction,
  teamId: string,
  identifier: string,
  now: Date,
): Promise<CandidateRow[]> {
  const rows = await tx.cluster.findMany({
    where: { teamId, identifier, deletedAt: null },
    select: {
      id: true,
      clusterId: true,
      name: true,
      tokenHash: true,
      forkOfId: true,
      apiKeyId: true,
      instanceId: true,
      instances: true,
      lastSequence: true,
      kubernetesVersion: true,
      registeredAt: true,
      lastSeenAt: true,
      deregisteredAt: true,
      refusedAt: true,
      wentOfflineAt: true,
      apiKey: { select: { revokedAt: true, expiresAt: true } },
    },
    orderBy: [{ registeredAt: 'asc' }, { id: 'asc' }],
  })
  return rows.map(({ apiKey, ...row }) => ({
    ...row,
    instances: instanceHistorySchema.parse(row.instances),
    lastSequence: Number(row.lastSequence),
    apiKeyEnded: apiKey.revokedAt !== null || (apiKey.expiresAt !== null && apiKey.expiresAt <= now),
  }))
}
