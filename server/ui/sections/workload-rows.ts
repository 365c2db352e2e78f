import type { ResourceInventory, workloadKinds } from '#contract/collection-payloads.ts'
import { compareNames, matchesSearch } from '../names/names.ts'
import type { Names } from '../names/names.ts'

export type Workload = ResourceInventory['workloads'][number]
export type WorkloadKind = (typeof workloadKinds)[number]

export const kindTitles: Record<WorkloadKind, string> = {
  deployment: 'Deployment',
  statefulset: 'StatefulSet',
  daemonset: 'DaemonSet',
  job: 'Job',
  cronjob: 'CronJob',
}

export type WorkloadFilter = { search: string; namespace: string; kind: WorkloadKind | ''; onlyTroubled: boolean }

export const everything: WorkloadFilter = { search: '', namespace: '', kind: '', onlyTroubled: false }

/** Fewer pods are ready than were asked for. Of a Job that is how it runs, and no trouble. */
export function isShort({ kind, desired, ready }: Workload): boolean {
  return kind !== 'job' && kind !== 'cronjob' && ready < desired
}

/** A namespace that is not among those to choose from is no filter: nobody could see that it is on, nor take it off. */
export function filterAmong(filter: WorkloadFilter, namespaces: readonly { name: string }[]): WorkloadFilter {
  return namespaces.some(({ name }) => name === filter.namespace) ? filter : { ...filter, namespace: '' }
}

/** The workloads that a filter lets through; a search looks at the workload's name and its namespace's. */
export function filterWorkloads(
  workloads: readonly Workload[],
  filter: WorkloadFilter,
  { names, troubled }: { names: Names; troubled: ReadonlySet<string> },
): Workload[] {
  const { search, namespace, kind, onlyTroubled } = filter
  return workloads.filter(
    (workload) =>
      (namespace === '' || workload.namespace === namespace) &&
      (kind === '' || workload.kind === kind) &&
      (!onlyTroubled || isShort(workload) || troubled.has(workload.name)) &&
      (matchesSearch(names, workload.name, search) || matchesSearch(names, workload.namespace, search)),
  )
}

/** Namespaces in the order of their names. */
export function sortNamespaces<Row extends { name: string }>(namespaces: readonly Row[], names: Names): Row[] {
  const compare = compareNames(names)
  return namespaces.toSorted((one, other) => compare(one.name, other.name))
}
