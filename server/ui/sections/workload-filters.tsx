import { useMemo } from 'react'
import type { RefObject } from 'react'
import type { ResourceInventory } from '#contract/collection-payloads.ts'
import { workloadKinds } from '#contract/collection-payloads.ts'
import { labelOf } from '../names/names.ts'
import type { Names } from '../names/names.ts'
import { SearchField } from '../parts/search-field.tsx'
import { kindTitles, sortNamespaces } from './workload-rows.ts'
import type { WorkloadFilter, WorkloadKind } from './workload-rows.ts'

type FiltersProps = {
  filter: WorkloadFilter
  onChange: (filter: WorkloadFilter) => void
  namespaces: ResourceInventory['namespaces']
  names: Names
  /** The search's field, for whoever moves the focus there. */
  searchField: RefObject<HTMLInputElement | null>
}

export function WorkloadFilters({ filter, onChange, namespaces, names, searchField }: FiltersProps) {
  const sorted = useMemo(() => sortNamespaces(namespaces, names), [namespaces, names])
  const change = (part: Partial<WorkloadFilter>) => onChange({ ...filter, ...part })
  return (
    <search className="filters" aria-label="Workloads">
      <SearchField
        label="Search workloads"
        value={filter.search}
        onChange={(search) => change({ search })}
        fieldRef={searchField}
      />
      <select
        aria-label="Namespace"
        value={filter.namespace}
        onChange={(event) => change({ namespace: event.target.value })}
      >
        <option value="">All namespaces</option>
        {sorted.map(({ name, workloads }) => (
          <option key={name} value={name}>
            {labelOf(names, name).text} ({workloads})
          </option>
        ))}
      </select>
      <select
        aria-label="Kind"
        value={filter.kind}
        onChange={(event) => change({ kind: event.target.value as WorkloadKind | '' })}
      >
        <option value="">All kinds</option>
        {workloadKinds.map((kind) => (
          <option key={kind} value={kind}>
            {kindTitles[kind]}
          </option>
        ))}
      </select>
      <label className="checkbox">
        <input
          type="checkbox"
          checked={filter.onlyTroubled}
          onChange={(event) => change({ onlyTroubled: event.target.checked })}
        />
        Only those that need a look
      </label>
    </search>
  )
}
