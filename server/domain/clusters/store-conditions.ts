import { conditionTypes } from '#contract/conditions.ts'
import type { ConditionType, ReportedCondition } from '#contract/conditions.ts'
import type { Transaction } from '#server/platform/database.ts'
import type { ReportedState } from './cluster-events.ts'

/**
 * Keeps the last condition of each known type, and writes only when something differs. Types of a later operator are left
 * out. Gives back those whose status or reason is another one than before, and those that begin as False.
 */
export async function storeConditions(
  tx: Transaction,
  cluster: { teamId: string; clusterId: string },
  reported: readonly ReportedCondition[],
): Promise<ReportedState[]> {
  const wanted = latestOfEachType(reported)
  const stored = await tx.clusterCondition.findMany({
    where: cluster,
    select: { type: true, status: true, reason: true, lastTransitionTime: true },
  })
  if (fingerprintOf(stored) === fingerprintOf(wanted)) return []
  await tx.clusterCondition.deleteMany({ where: cluster })
  await tx.clusterCondition.createMany({ data: wanted.map((condition) => ({ ...cluster, ...condition })) })
  return wanted.filter((condition) => isNews(condition, stored))
}

type KnownCondition = ReportedState & { lastTransitionTime: Date }

function latestOfEachType(reported: readonly ReportedCondition[]): KnownCondition[] {
  const latest = new Map<ConditionType, KnownCondition>()
  for (const { type, status, reason, lastTransitionTime } of reported) {
    if (isKnownType(type)) latest.set(type, { type, status, reason, lastTransitionTime: new Date(lastTransitionTime) })
  }
  return [...latest.values()]
}

function isNews(
  condition: ReportedState,
  before: readonly { type: string; status: string; reason: string }[],
): boolean {
  const last = before.find(({ type }) => type === condition.type)
  return last ? last.status !== condition.status || last.reason !== condition.reason : condition.status === 'False'
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
