import type { Metadata } from 'next'
import { ChartList } from '#app/_features/charts/chart-list.tsx'
import { ask } from '#app/_server/ask.ts'
import { portalFacts } from '#server/trpc/portal-facts.ts'

export const metadata: Metadata = { title: 'Charts' }

export default async function ChartsPage() {
  const charts = await ask((portal) => portal.charts.list())
  return <ChartList charts={charts} chartsUrl={portalFacts().chartsUrl} />
}
