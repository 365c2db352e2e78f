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

/** `cut`: counted in a list that was cut to fit, so there may be more. */
type Counted = Omit<Finding, 'text'> & { count: number; cut: boolean; one: string; many: string }

/** What needs a look now, the worst first. */
export function findingsOf({ report, nodes, workloads }: Reports): Finding[] {
  const notReady = nodes ? nodes.data.nodeCount - nodes.data.readyNodeCount : 0
  const pressed = nodes?.data.nodes.filter(({ pressures }) => pressures.length > 0).length ?? 0
  const troubled = workloads?.data.troubledPods.length ?? 0
  const short = workloads?.data.workloads.filter(isShort).length ?? 0
  const nodesCut = nodes?.data.truncated ?? false
  const workloadsCut = workloads?.data.truncated ?? false
  const counted: Counted[] = [
    {
      key: 'not-ready',
      grade: 'broken',
      section: 'nodes',
      count: notReady,
      cut: false,
      one: 'node is not ready.',
      many: 'nodes are not ready.',
    },
    {
      key: 'pressed',
      grade: 'worth-a-look',
      section: 'nodes',
      count: pressed,
      cut: nodesCut,
      one: 'node is short of a resource.',
      many: 'nodes are short of a resource.',
    },
    {
      key: 'troubled',
      grade: 'worth-a-look',
      section: 'workloads',
      count: troubled,
      cut: workloadsCut,
      one: 'pod is in trouble.',
      many: 'pods are in trouble.',
    },
    {
      key: 'short',
      grade: 'worth-a-look',
      section: 'workloads',
      count: short,
      cut: workloadsCut,
      one: 'workload has fewer ready pods than it should.',
      many: 'workloads have fewer ready pods than they should.',
    },
  ]
  const found = counted
    .filter(({ count }) => count > 0)
    .map(({ count, cut, one, many, ...rest }): Finding => {
      const words = `${count} ${count === 1 ? one : many}`
      return { ...rest, text: cut ? `At least ${words}` : words }
    })
  const order = ['broken', 'worth-a-look', 'not-known']
  return [...conditionFindings(report), ...found].toSorted(
    (left, right) => order.indexOf(left.grade) - order.indexOf(right.grade),
  )
}

/** True when the lists are there and whole, so that what is not found in them is not there either. */
export function isAllKnown({ nodes, workloads }: Omit<Reports, 'report'>): boolean {
  return nodes !== null && workloads !== null && !nodes.data.truncated && !workloads.data.truncated
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
