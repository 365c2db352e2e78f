import type { ClusterReport, NodesReport, WorkloadsReport } from '#contract/cluster-report.ts'
import { conditionTitle, deviationsOf } from './conditions.ts'
import type { SectionId } from './section-ids.ts'
import { isShort } from './workload-rows.ts'

/** Something that needs a look, and the section that shows it in full. */
export type Finding = {
  key: string
  grade: 'broken' | 'worth-a-look' | 'not-known'
  subject?: string
  text: string
  section: SectionId
}

type Reports = { report: ClusterReport; nodes: NodesReport; workloads: WorkloadsReport }

/** What needs a look now, the worst first. */
export function findingsOf({ report, nodes, workloads }: Reports): Finding[] {
  const list = nodes?.data.nodes ?? []
  const notReady = list.filter(({ ready }) => !ready).length
  const pressed = list.filter(({ pressures }) => pressures.length > 0).length
  const troubled = workloads?.data.troubledPods.length ?? 0
  const short = workloads?.data.workloads.filter(isShort).length ?? 0
  const counted: (Omit<Finding, 'text'> & { count: number; one: string; many: string })[] = [
    {
      key: 'not-ready',
      grade: 'broken',
      section: 'nodes',
      count: notReady,
      one: 'node is not ready.',
      many: 'nodes are not ready.',
    },
    {
      key: 'pressed',
      grade: 'worth-a-look',
      section: 'nodes',
      count: pressed,
      one: 'node is short of a resource.',
      many: 'nodes are short of a resource.',
    },
    {
      key: 'troubled',
      grade: 'worth-a-look',
      section: 'workloads',
      count: troubled,
      one: 'pod is in trouble.',
      many: 'pods are in trouble.',
    },
    {
      key: 'short',
      grade: 'worth-a-look',
      section: 'workloads',
      count: short,
      one: 'workload has fewer ready pods than it should.',
      many: 'workloads have fewer ready pods than they should.',
    },
  ]
  const found = counted
    .filter(({ count }) => count > 0)
    .map(({ count, one, many, ...rest }): Finding => ({ ...rest, text: `${count} ${count === 1 ? one : many}` }))
  const order = ['broken', 'worth-a-look', 'not-known']
  return [...conditionFindings(report), ...found].toSorted(
    (left, right) => order.indexOf(left.grade) - order.indexOf(right.grade),
  )
}

function conditionFindings({ cluster }: ClusterReport): Finding[] {
  return deviationsOf(cluster.conditions).map(({ type, status, message }) => ({
    key: type,
    grade: status === 'False' ? 'worth-a-look' : 'not-known',
    subject: conditionTitle(type),
    text: message,
    section: 'conditions',
  }))
}
