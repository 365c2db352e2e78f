import type { NodesReport } from '#contract/cluster-report.ts'

type Capacity = { cpuCores: number; memoryMebibytes: number }

/** What all nodes have together. Null when it is not known: the sum of a list that was cut is less than the cluster has. */
export function capacityOf(nodes: NodesReport): Capacity | null {
  if (nodes === null || nodes.data.truncated) return null
  const list = nodes.data.nodes
  return {
    cpuCores: list.reduce((sum, { cpuCores }) => sum + cpuCores, 0),
    memoryMebibytes: list.reduce((sum, { memoryMebibytes }) => sum + memoryMebibytes, 0),
  }
}
