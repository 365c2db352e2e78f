import { useState } from 'react'
import { historyRangesHours } from '#contract/cluster-report.ts'
import type { ClusterReport, HealthHistory } from '#contract/cluster-report.ts'
import { ChartCard } from '../charts/chart-card.tsx'
import { placesOf } from '../charts/history.ts'
import { describeHealth, describeNodes, describePods, describeRestarts, isEmpty } from '../charts/history-words.ts'
import { LineChart } from '../charts/line-chart.tsx'
import type { Series } from '../charts/line-chart.tsx'
import { MomentsTable } from '../charts/moments-table.tsx'
import { healthWords, StateStrip } from '../charts/state-strip.tsx'
import { healthQuery } from '../data/queries.ts'
import type { RangeHours } from '../data/reports.ts'
import { usePage } from '../page.ts'
import { Choice } from '../parts/choice.tsx'
import { Report } from '../parts/report.tsx'
import { FindingsCard } from './findings-card.tsx'
import type { SectionId } from './section-ids.ts'

const rangeWords: Record<RangeHours, string> = { 1: '1 h', 6: '6 h', 24: '24 h', 168: '7 d' }

type HealthSectionProps = { report: ClusterReport; onOpen: (section: SectionId) => void }

/** What needs a look now, and how the cluster was. */
export function HealthSection({ report, onOpen }: HealthSectionProps) {
  const { reports } = usePage()
  const [rangeHours, setRangeHours] = useState<RangeHours>(24)
  return (
    <div className="stack">
      <FindingsCard report={report} onOpen={onOpen} />
      <div className="section-head">
        <h2>Over time</h2>
        <Choice
          label="Range"
          options={historyRangesHours.map((hours) => ({ value: hours, title: rangeWords[hours] }))}
          value={rangeHours}
          onChange={setRangeHours}
        />
      </div>
      <Report query={healthQuery(reports, rangeHours)} what="The history">
        {(history) => <History history={history} rangeHours={rangeHours} />}
      </Report>
    </div>
  )
}

type HistoryProps = { history: HealthHistory; rangeHours: RangeHours }

function History({ history, rangeHours }: HistoryProps) {
  const { buckets, saltBreaks } = history
  const breaks = placesOf(saltBreaks, history)
  const summary = describeHealth(history, rangeHours)
  const instants = buckets.map(({ at }) => at)
  const shared = { rangeHours, instants, breaks }
  return (
    <>
      <ChartCard
        title="Health"
        summary={summary}
        chart={<StateStrip buckets={buckets} summary={summary} breaks={breaks} />}
        table={() => (
          <MomentsTable
            label="Health over time"
            rangeHours={rangeHours}
            instants={instants}
            columns={[
              { name: 'Health', values: buckets.map(({ health }) => healthWords[health]) },
              { name: 'Heartbeats', values: buckets.map(({ beats }) => beats) },
            ]}
          />
        )}
      />
      <div className="charts">
        <CountsCard
          title="Nodes"
          summary={describeNodes(buckets, rangeHours)}
          series={[
            { name: 'Nodes', values: buckets.map(({ nodes }) => nodes), look: 'dashed' },
            { name: 'Ready', values: buckets.map(({ readyNodes }) => readyNodes), look: 'solid' },
          ]}
          {...shared}
        />
        <CountsCard
          title="Pods"
          summary={describePods(buckets, rangeHours)}
          series={[
            { name: 'Running', values: buckets.map(({ podsRunning }) => podsRunning), look: 'solid' },
            { name: 'Pending', values: buckets.map(({ podsPending }) => podsPending), look: 'dashed' },
            { name: 'Failed', values: buckets.map(({ podsFailed }) => podsFailed), look: 'dotted' },
          ]}
          {...shared}
        />
        <CountsCard
          title="Restarts"
          summary={describeRestarts(buckets)}
          series={[{ name: 'Restarts', values: buckets.map(({ restarts }) => restarts), look: 'solid' }]}
          {...shared}
        />
      </div>
      {breaks.length > 0 && (
        <p className="muted footnote">
          The dashed upright line marks a new salt, usually a reinstalled operator: names before and after it cannot be
          joined, counts can.
        </p>
      )}
    </>
  )
}

type CountsCardProps = {
  title: string
  summary: string
  series: readonly Series[]
  instants: readonly string[]
  rangeHours: RangeHours
  breaks: readonly number[]
}

function CountsCard({ title, summary, series, ...rest }: CountsCardProps) {
  const { rangeHours, instants } = rest
  const empty = isEmpty(series.map(({ values }) => values))
  return (
    <ChartCard
      title={title}
      summary={summary}
      chart={
        empty ? (
          <p className="chart-empty muted">Nothing to draw yet</p>
        ) : (
          <LineChart label={title} series={series} {...rest} />
        )
      }
      table={() => (
        <MomentsTable label={`${title} over time`} rangeHours={rangeHours} instants={instants} columns={series} />
      )}
    />
  )
}
