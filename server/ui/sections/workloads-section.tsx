import { useMemo, useRef, useState } from 'react'
import type { WorkloadsReport } from '#contract/cluster-report.ts'
import { workloadsQuery } from '../data/queries.ts'
import { compareNames } from '../names/names.ts'
import type { Names } from '../names/names.ts'
import { useNames, usePage } from '../page.ts'
import { DataTable } from '../parts/data-table.tsx'
import type { Column } from '../parts/data-table.tsx'
import { EmptyState } from '../parts/empty-state.tsx'
import { ObjectName } from '../parts/object-name.tsx'
import { RelativeTime } from '../parts/relative-time.tsx'
import { Report } from '../parts/report.tsx'
import { Status } from '../parts/status.tsx'
import { CollectedAt } from './collected-at.tsx'
import { NothingCollected } from './nothing-collected.tsx'
import { TroubledPods } from './troubled-pods.tsx'
import { WorkloadFilters } from './workload-filters.tsx'
import { everything, filterAmong, filterWorkloads, isShort, kindTitles } from './workload-rows.ts'
import type { Workload } from './workload-rows.ts'

type Collected = NonNullable<WorkloadsReport>

/** What runs in the cluster, as the last collection found it. */
export function WorkloadsSection() {
  const { reports } = usePage()
  return (
    <Report query={workloadsQuery(reports)} what="Workloads">
      {(report) => (report === null ? <NothingCollected what="workloads" /> : <Workloads report={report} />)}
    </Report>
  )
}

function Workloads({ report }: { report: Collected }) {
  const { data } = report
  const names = useNames({ saltId: data.saltId, receivedAt: report.receivedAt })
  const [wanted, setWanted] = useState(everything)
  const filter = useMemo(() => filterAmong(wanted, data.namespaces), [wanted, data.namespaces])
  const searchField = useRef<HTMLInputElement>(null)
  const clear = () => {
    setWanted(everything)
    // Its button goes with the filters, and would take the focus along.
    searchField.current?.focus()
  }
  const troubled = useMemo(() => new Set(data.troubledPods.flatMap(({ owner }) => owner ?? [])), [data.troubledPods])
  const rows = useMemo(
    () => filterWorkloads(data.workloads, filter, { names, troubled }),
    [data.workloads, filter, names, troubled],
  )
  const columns = useMemo(() => workloadColumns(names, troubled), [names, troubled])
  const { running, pending, failed } = data.podPhases
  return (
    <div className="stack">
      <p className="muted">
        {data.counts.pods} pods: {running} running, {pending} pending, {failed} failed. <CollectedAt report={report} />
      </p>
      <TroubledPods pods={data.troubledPods} cut={data.truncated} names={names} />
      <WorkloadFilters
        filter={filter}
        onChange={setWanted}
        namespaces={data.namespaces}
        names={names}
        searchField={searchField}
      />
      <output className="muted" aria-live="polite">
        {rows.length === data.workloads.length
          ? `${rows.length} workloads`
          : `${rows.length} of ${data.workloads.length} workloads`}
      </output>
      {rows.length === 0 ? (
        <NoneMatch any={data.workloads.length > 0} onClear={clear} />
      ) : (
        <DataTable
          label="Workloads"
          columns={columns}
          rows={rows}
          keyOf={({ name }) => name}
          initialSorting={{ column: 'name', descending: false }}
          minWidthPx={680}
        />
      )}
    </div>
  )
}

function NoneMatch({ any, onClear }: { any: boolean; onClear: () => void }) {
  if (!any) {
    return (
      <EmptyState kind="none-yet" title="No workloads">
        The last collection found none in this cluster.
      </EmptyState>
    )
  }
  const clear = (
    <button type="button" className="button" onClick={onClear}>
      Clear filters
    </button>
  )
  return (
    <EmptyState kind="none-match" title="No workload matches" action={clear}>
      Nothing fits the search and the filters together.
    </EmptyState>
  )
}

function workloadColumns(names: Names, troubled: ReadonlySet<string>): Column<Workload>[] {
  const byName = compareNames(names)
  return [
    {
      id: 'name',
      title: 'Name',
      width: 27,
      cell: ({ name }) => <ObjectName names={names} pseudonym={name} />,
      compare: (one, other) => byName(one.name, other.name),
    },
    {
      id: 'ready',
      title: 'Ready',
      width: 14,
      cell: (workload) => <Readiness workload={workload} troubled={troubled.has(workload.name)} />,
      compare: (one, other) => missing(other) - missing(one),
    },
    {
      id: 'namespace',
      title: 'Namespace',
      width: 17,
      cell: ({ namespace }) => <ObjectName names={names} pseudonym={namespace} />,
      compare: (one, other) => byName(one.namespace, other.namespace) || byName(one.name, other.name),
    },
    {
      id: 'kind',
      title: 'Kind',
      width: 13,
      cell: ({ kind }) => kindTitles[kind],
      compare: (one, other) =>
        kindTitles[one.kind].localeCompare(kindTitles[other.kind]) || byName(one.name, other.name),
    },
    {
      id: 'restarts',
      title: 'Restarts',
      width: 9,
      align: 'end',
      cell: ({ restarts }) => restarts,
      compare: (one, other) => one.restarts - other.restarts,
    },
    {
      id: 'age',
      title: 'Created',
      width: 20,
      cell: ({ createdAt }) => (createdAt === null ? '–' : <RelativeTime at={createdAt} />),
      compare: (one, other) => (one.createdAt ?? '').localeCompare(other.createdAt ?? ''),
    },
  ]
}

function missing(workload: Workload): number {
  return isShort(workload) ? workload.desired - workload.ready : -1
}

function Readiness({ workload, troubled }: { workload: Workload; troubled: boolean }) {
  const { kind, desired, ready } = workload
  // A CronJob wants what runs at this moment; whether it is suspended is not collected.
  const word = kind === 'cronjob' ? `${ready} running` : `${ready}/${desired}`
  if (isShort(workload))
    return <Status icon={ready === 0 ? 'error' : 'warning'} tone={ready === 0 ? 'unhealthy' : 'degraded'} word={word} />
  if (troubled) return <Status icon="warning" tone="degraded" word={`${word}, pod in trouble`} />
  if (kind === 'job' || kind === 'cronjob' || desired === 0) return <span>{word}</span>
  return <Status icon="pass" tone="healthy" word={word} />
}
