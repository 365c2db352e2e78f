import { useMemo, useState } from 'react'
import type { NodesReport } from '#contract/cluster-report.ts'
import { nodesQuery } from '../data/queries.ts'
import { compareNames, matchesSearch } from '../names/names.ts'
import type { Names } from '../names/names.ts'
import { useNames, usePage } from '../page.ts'
import { DataTable } from '../parts/data-table.tsx'
import type { Column } from '../parts/data-table.tsx'
import { EmptyState } from '../parts/empty-state.tsx'
import { Meter } from '../parts/meter.tsx'
import { ObjectName } from '../parts/object-name.tsx'
import { Report } from '../parts/report.tsx'
import { SearchField } from '../parts/search-field.tsx'
import { Status } from '../parts/status.tsx'
import { CollectedAt } from './collected-at.tsx'
import { NothingCollected } from './nothing-collected.tsx'
import { memory } from './quantities.ts'

type Collected = NonNullable<NodesReport>
type Node = Collected['data']['nodes'][number]

/** The cluster's nodes as the last collection found them. */
export function NodesSection() {
  const { reports } = usePage()
  return (
    <Report query={nodesQuery(reports)} what="Nodes">
      {(report) => (report === null ? <NothingCollected what="nodes" /> : <Nodes report={report} />)}
    </Report>
  )
}

function Nodes({ report }: { report: Collected }) {
  const { data } = report
  const names = useNames({ saltId: data.saltId, receivedAt: report.receivedAt })
  const [search, setSearch] = useState('')
  const columns = useMemo(() => nodeColumns(names), [names])
  const rows = useMemo(
    () => data.nodes.filter(({ name }) => matchesSearch(names, name, search)),
    [data.nodes, names, search],
  )
  return (
    <div className="stack">
      <div className="section-head">
        <p className="muted">
          {data.readyNodeCount} of {data.nodeCount} ready. <CollectedAt report={report} />
        </p>
        <SearchField label="Search nodes" value={search} onChange={setSearch} />
      </div>
      {rows.length === 0 ? (
        <EmptyState kind="none-match" title="No node matches">
          No name and no pseudonym holds “{search}”.
        </EmptyState>
      ) : (
        <DataTable
          label="Nodes"
          columns={columns}
          rows={rows}
          keyOf={({ name }) => name}
          initialSorting={{ column: 'name', descending: false }}
          minWidthPx={760}
        />
      )}
    </div>
  )
}

function nodeColumns(names: Names): Column<Node>[] {
  const byName = compareNames(names)
  return [
    {
      id: 'name',
      title: 'Name',
      width: 24,
      cell: ({ name }) => <ObjectName names={names} pseudonym={name} />,
      compare: (one, other) => byName(one.name, other.name),
    },
    {
      id: 'status',
      title: 'Status',
      width: 21,
      cell: (node) => <NodeStatus node={node} />,
      compare: (one, other) => urgency(other) - urgency(one),
    },
    { id: 'role', title: 'Role', width: 12, cell: ({ role }) => (role === 'worker' ? 'Worker' : 'Control plane') },
    { id: 'kubelet', title: 'Kubelet', width: 11, cell: ({ kubeletVersion }) => <code>{kubeletVersion}</code> },
    {
      id: 'cpu',
      title: 'CPU',
      width: 7,
      align: 'end',
      cell: ({ cpuCores }) => cpuCores,
      compare: (one, other) => one.cpuCores - other.cpuCores,
    },
    {
      id: 'memory',
      title: 'Memory',
      width: 9,
      align: 'end',
      cell: ({ memoryMebibytes }) => memory(memoryMebibytes),
      compare: (one, other) => one.memoryMebibytes - other.memoryMebibytes,
    },
    {
      id: 'pods',
      title: 'Pods',
      width: 16,
      cell: ({ pods, podCapacity }) => <Meter value={pods} max={podCapacity} label="pods" />,
      compare: (one, other) => one.pods / (one.podCapacity || 1) - other.pods / (other.podCapacity || 1),
    },
  ]
}

function urgency({ ready, schedulable, pressures }: Node): number {
  return (ready ? 0 : 100) + pressures.length * 10 + (schedulable ? 0 : 1)
}

const pressureWords = { memory: 'memory', disk: 'disk', pid: 'processes', network: 'network' } as const

function NodeStatus({ node: { ready, schedulable, pressures } }: { node: Node }) {
  const notes = [
    ...(pressures.length > 0 ? [`short of ${pressures.map((name) => pressureWords[name]).join(', ')}`] : []),
    ...(schedulable ? [] : ['cordoned']),
  ]
  const word = [ready ? 'Ready' : 'Not ready', ...notes].join(', ')
  if (!ready) return <Status icon="error" tone="unhealthy" word={word} />
  if (pressures.length > 0) return <Status icon="warning" tone="degraded" word={word} />
  return <Status icon="pass" tone={schedulable ? 'healthy' : 'quiet'} word={word} />
}
