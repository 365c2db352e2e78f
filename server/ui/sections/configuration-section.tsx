import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { ConfigurationPatterns } from '#contract/collection-payloads.ts'
import type { ConfigurationReport, NodesReport } from '#contract/cluster-report.ts'
import { configurationQuery, nodesQuery } from '../data/queries.ts'
import { usePage } from '../page.ts'
import { Icon } from '../parts/icon.tsx'
import { Report } from '../parts/report.tsx'
import { capacityOf } from './capacity.ts'
import { CollectedAt } from './collected-at.tsx'
import { patternGroups } from './configuration-patterns.ts'
import type { Pattern, PatternGroup } from './configuration-patterns.ts'
import { NothingCollected } from './nothing-collected.tsx'
import { cores, memory, percent } from './quantities.ts'

/** How the cluster's workloads are configured, as counts alone. */
export function ConfigurationSection() {
  const { reports } = usePage()
  return (
    <Report query={configurationQuery(reports)} what="Configuration">
      {(report) => (report === null ? <NothingCollected what="configuration" /> : <Configuration report={report} />)}
    </Report>
  )
}

function Configuration({ report }: { report: NonNullable<ConfigurationReport> }) {
  const { reports } = usePage()
  const nodes = useQuery(nodesQuery(reports)).data
  const { data } = report
  return (
    <div className="stack">
      <p className="muted">
        {data.containers.total} containers in {data.pods.total} pods. <CollectedAt report={report} />
      </p>
      <Totals data={data} nodes={nodes ?? null} />
      <div className="pattern-groups">
        {patternGroups(data).map((group) => (
          <Group key={group.title} group={group} />
        ))}
      </div>
    </div>
  )
}

function Group({ group: { title, of, patterns } }: { group: PatternGroup }) {
  return (
    <section className="card">
      <h2>{title}</h2>
      <ul>
        {patterns.map((pattern) => (
          <PatternRow key={pattern.title} pattern={pattern} of={of} />
        ))}
      </ul>
    </section>
  )
}

function PatternRow({ pattern: { title, why, count, total }, of }: { pattern: Pattern; of: string }) {
  const share = total === 0 ? 0 : count / total
  return (
    <li className="pattern">
      <p className="pattern-head">
        <span>{title}</span>
        <span className="pattern-count">
          {count === 0 ? (
            <span className="tone-healthy">
              <Icon name="check" className="tone" /> none
            </span>
          ) : (
            <>
              {count} of {total} <span className="visually-hidden">{of}</span>
              <span className="muted"> · {percent(count, total)}</span>
            </>
          )}
        </span>
      </p>
      <span className="pattern-bar" aria-hidden="true">
        <span className="meter-fill" style={{ inlineSize: `${share * 100}%` }} />
      </span>
      <p className="muted">{why}</p>
    </li>
  )
}

function Totals({ data, nodes }: { data: ConfigurationPatterns; nodes: NodesReport }) {
  const capacity = capacityOf(nodes)
  const { one, several, none } = data.replicas
  return (
    <dl className="facts">
      <Total label="CPU requested">
        {cores(data.requests.cpuCores)}
        {capacity && <span className="muted"> of {cores(capacity.cpuCores)}</span>}
      </Total>
      <Total label="Memory requested">
        {memory(data.requests.memoryMebibytes)}
        {capacity && <span className="muted"> of {memory(capacity.memoryMebibytes)}</span>}
      </Total>
      <Total label="CPU limits">{cores(data.limits.cpuCores)}</Total>
      <Total label="Memory limits">{memory(data.limits.memoryMebibytes)}</Total>
      <Total label="Replicas">
        {several} several, {one} one, {none} none
      </Total>
      <Total label="Services">
        {Object.entries(data.services)
          .filter(([, count]) => count > 0)
          .map(([type, count]) => `${count} ${type}`)
          .join(', ') || 'None'}
      </Total>
    </dl>
  )
}

function Total({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="fact">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}
