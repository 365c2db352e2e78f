import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ClusterReport } from '#contract/cluster-report.ts'
import { clusterQuery, nodesQuery } from './data/queries.ts'
import { usePage } from './page.ts'
import { Report } from './parts/report.tsx'
import { Tabs } from './parts/tabs.tsx'
import type { Tab } from './parts/tabs.tsx'
import { ClusterHeader } from './sections/cluster-header.tsx'
import { deviationsOf } from './sections/conditions.ts'
import { ConditionsSection } from './sections/conditions-section.tsx'
import { ConfigurationSection } from './sections/configuration-section.tsx'
import { EventsSection } from './sections/events-section.tsx'
import { HealthSection } from './sections/health-section.tsx'
import { NamesBanner } from './sections/names-banner.tsx'
import { NodesSection } from './sections/nodes-section.tsx'
import type { SectionId } from './sections/section-ids.ts'
import { StateNotice } from './sections/state-notice.tsx'
import { WorkloadsSection } from './sections/workloads-section.tsx'

/** One cluster: what it is, what it needs, and the sections that show it in full. */
export function ClusterPage() {
  const { reports } = usePage()
  return (
    <main className="page">
      <Report query={clusterQuery(reports)} what="The cluster">
        {(report) => <Sections report={report} />}
      </Report>
    </main>
  )
}

function Sections({ report }: { report: ClusterReport }) {
  const { reports } = usePage()
  const [selected, setSelected] = useState<SectionId>('health')
  // Read on every tab: by it the page learns that a collection came.
  useQuery(nodesQuery(reports))
  const deviations = deviationsOf(report.cluster.conditions).length
  const tabs: Tab<SectionId>[] = [
    { id: 'health', title: 'Health', content: () => <HealthSection report={report} onOpen={setSelected} /> },
    { id: 'nodes', title: 'Nodes', content: () => <NodesSection /> },
    { id: 'workloads', title: 'Workloads', content: () => <WorkloadsSection /> },
    { id: 'configuration', title: 'Configuration', content: () => <ConfigurationSection /> },
    {
      id: 'conditions',
      title: 'Conditions',
      badge: deviations > 0 ? String(deviations) : undefined,
      content: () => <ConditionsSection report={report} />,
    },
    { id: 'events', title: 'Events', content: () => <EventsSection /> },
  ]
  return (
    <>
      <ClusterHeader report={report} />
      <StateNotice report={report} />
      <NamesBanner />
      <Tabs label="Sections" tabs={tabs} selected={selected} onSelect={setSelected} />
    </>
  )
}
