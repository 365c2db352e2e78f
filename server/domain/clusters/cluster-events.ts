import type { ConditionReason, ConditionStatus, ConditionType } from '#contract/conditions.ts'
import type { RefusalCode } from '#contract/errors.ts'
import type { OperatorHealth } from '#contract/operator-api.ts'
import type { Transaction } from '#server/platform/database.ts'
import { offlineAfterSecondsOf } from './state.ts'

/** Something that happened between kube9 and a cluster, told in members of closed sets alone. `at` where it is not now. */
export type ClusterHappening = { at?: Date } & (
  | { kind: 'registered' | 'reregistered' | 'said-goodbye' | 'salt-changed' }
  | { kind: 'accepted-again' | 'went-offline' | 'came-back' }
  /** Seen from the one whose identity was claimed, or from the one that claimed it. */
  | { kind: 'forked'; detail: 'original' | 'copy' }
  | { kind: 'health-changed'; detail: OperatorHealth }
  | { kind: 'refused'; detail: RefusalCode }
  | { kind: 'condition-changed'; condition: ReportedState }
)
export type ReportedState = { type: ConditionType; status: ConditionStatus; reason: ConditionReason }

/** Writes down what happened, in the transaction of the change. Nothing costs nothing. */
export async function recordHappenings(
  tx: Transaction,
  cluster: { teamId: string; clusterId: string },
  happenings: readonly ClusterHappening[],
  now: Date,
): Promise<void> {
  if (happenings.length === 0) return
  await tx.clusterEvent.createMany({
    data: happenings.map((happening) => ({
      ...cluster,
      at: happening.at ?? now,
      kind: happening.kind,
      detail: 'detail' in happening ? happening.detail : null,
      ...('condition' in happening ? conditionColumns(happening.condition) : {}),
    })),
  })
}

function conditionColumns({ type, status, reason }: ReportedState) {
  return { conditionType: type, conditionStatus: status, conditionReason: reason }
}

type Absence = {
  tokenHash: Uint8Array | null
  lastSeenAt: Date
  refusedAt: Date | null
  wentOfflineAt: Date | null
  deregisteredAt: Date | null
}

/** What a sign of life says of the time before it. When the job that watches was away, its word is made up for. */
export function happeningsOfReturn(before: Absence, now: Date): ClusterHappening[] {
  const offlineAt = offlineSince(before)
  const unnoticed =
    before.wentOfflineAt === null && before.refusedAt === null && before.deregisteredAt === null && offlineAt < now
  return [
    ...(unnoticed ? [{ kind: 'went-offline' as const, at: offlineAt }] : []),
    ...(before.refusedAt ? [{ kind: 'accepted-again' as const }] : []),
    ...(unnoticed || before.wentOfflineAt ? [{ kind: 'came-back' as const }] : []),
  ]
}

/** From when on a cluster counts as offline, if nothing more is heard of it. */
export function offlineSince(row: Pick<Absence, 'tokenHash' | 'lastSeenAt'>): Date {
  return new Date(row.lastSeenAt.getTime() + offlineAfterSecondsOf(row) * 1000)
}
