import type { Metadata } from 'next'
import { ChartPage } from '#app/_features/charts/chart-page.tsx'
import { ask } from '#app/_server/ask.ts'
import { portalFacts } from '#server/trpc/portal-facts.ts'

type ChartRouteProps = { params: Promise<{ chart: string }> }

export async function generateMetadata({ params }: ChartRouteProps): Promise<Metadata> {
  return { title: (await params).chart }
}

export default async function ChartRoute({ params }: ChartRouteProps) {
  const { chart: name } = await params
  const chart = await ask((portal) => portal.charts.get({ name }))
  return <ChartPage chart={chart} apiUrl={portalFacts().apiUrl} />
}
