import { z } from 'zod'
import { clusterEventKinds } from '#contract/cluster-report.ts'
import type { ClusterEventKind, ClusterEvents } from '#contract/cluster-report.ts'
import { conditionReasons, reportedConditionSchema } from '#contract/conditions.ts'
import { operatorHealthSchema } from '#contract/operator-api.ts'
import type { OperatorHealth } from '#contract/operator-api.ts'
import { describeRefusal } from '#server/domain/clusters/index.ts'

type ShownEvent = ClusterEvents[number]
type Told = Pick<ShownEvent, 'severity' | 'message'>
export type EventRow = {
  id: string
  at: Date
  kind: string
  detail: string | null
  conditionType: string | null
  conditionStatus: string | null
  conditionReason: string | null
}

/** A stored event as people read it. Null for a kind that a later release wrote. */
export function describeEvent(row: EventRow): ShownEvent | null {
  const kind = z.enum(clusterEventKinds).safeParse(row.kind).data
  if (!kind) return null
  const condition = kind === 'condition-changed' ? conditionOf(row) : null
  const told = condition ? tellCondition(condition) : tell(kind, row.detail)
  return { id: row.id, at: row.at.toISOString(), kind, ...told, condition }
}

const plain: Record<Exclude<ClusterEventKind, 'forked' | 'health-changed' | 'refused'>, Told> = {
  registered: { severity: 'info', message: 'The cluster registered.' },
  reregistered: { severity: 'info', message: 'The operator registered again.' },
  'condition-changed': { severity: 'info', message: 'The operator reported a change.' },
  'accepted-again': { severity: 'info', message: 'Key and plan are accepted again.' },
  'went-offline': {
    severity: 'error',
    message: 'Nothing was heard of the operator any more. Check that its pod runs and reaches the server.',
  },
  'came-back': { severity: 'info', message: 'The operator is heard again.' },
  'said-goodbye': { severity: 'info', message: 'The operator said goodbye: it was uninstalled.' },
  'salt-changed': {
    severity: 'warning',
    message: 'Names are hidden under a new salt. What was collected before cannot be joined with what comes now.',
  },
}

const healthChanges: Record<OperatorHealth, Told> = {
  healthy: { severity: 'info', message: 'The cluster turned healthy.' },
  degraded: { severity: 'warning', message: 'The cluster turned degraded.' },
  unhealthy: { severity: 'error', message: 'The cluster turned unhealthy.' },
}

const FORKED_FROM =
  'Another operator claimed this cluster’s identity without its token, and was given an identity of its own.'
const FORKED_INTO =
  'The operator has an identity of its own, since another cluster that is alive holds the one it came with.'

function tell(kind: ClusterEventKind, detail: string | null): Told {
  switch (kind) {
    case 'forked':
      return { severity: 'warning', message: detail === 'original' ? FORKED_FROM : FORKED_INTO }
    case 'health-changed':
      return healthChanges[operatorHealthSchema.catch('degraded').parse(detail)]
    case 'refused':
      return { severity: 'error', message: describeRefusal(detail ?? '').message }
    default:
      return plain[kind]
  }
}

function conditionOf(row: EventRow): NonNullable<ShownEvent['condition']> {
  return reportedConditionSchema
    .omit({ lastTransitionTime: true })
    .parse({ type: row.conditionType, status: row.conditionStatus, reason: row.conditionReason })
}

function tellCondition({ status, reason }: NonNullable<ShownEvent['condition']>): Told {
  return { severity: status === 'False' ? 'warning' : 'info', message: conditionReasons[reason] }
}
