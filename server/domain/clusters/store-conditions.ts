import { conditionTypes } from '#contract/conditions.ts'
import type { ConditionType, ReportedCondition } from '#contract/conditions.ts'
import type { Transaction } from '#server/platform/database.ts'

/** Keeps the last condition of each known type, and writes only when something differs. Types of a later operator are left out. */
export async function storeConditions(
  tx: Transaction,
  cluster: { teamId: string; clusterId: string },
  reported: readonly ReportedCondition[],
): Promise<void> {
  const latest = new Map(
    reported.filter((condition) => isKnownType(condition.type)).map((condition) => [condition.type, condition]),
  )
  const wanted = [...latest.values()].map(({ type, status, reason, lastTransitionTime }) => ({
    type,
    status,
    reason,
    lastTransitionTime: new Date(lastTransitionTime),
  }))
  const stored = await tx.clusterCondition.findMany({
    where: cluster,
    select: { type: true, status: true, reason: true, lastTransitionTime: true },
  })
  if (fingerprintOf(stored) === fingerprintOf(wanted)) return
  await tx.clusterCondition.deleteMany({ where: cluster })
  await tx.clusterCondition.createMany({ data: wanted.map((condition) => ({ ...cluster, ...condition })) })
}

function isKnownType(type: string): type is ConditionType {
  return (conditionTypes as readonly string[]).includes(type)
}

function fingerprintOf(
  conditions: readonly { type: string; status: string; reason: string; lastTransitionTime: Date }[],
): string {
  return conditions
    .map(({ type, status, reason, lastTransitionTime }) =>
      [type, status, reason, lastTransitionTime.getTime()].join(' '),
    )
    .toSorted()
    .join('\n')
}
