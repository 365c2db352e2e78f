import type { Chart } from '#contract/portal-api.ts'
import { describeChart } from './describe.ts'
import type { ChartRepository } from './repository.ts'

export type ChartSource = { repository: ChartRepository; repositoryUrl: string }

/** Every chart of the repository, by name. Public: nobody needs to sign in for it. */
export async function listCharts(source: ChartSource): Promise<Chart[]> {
  const snapshot = await source.repository.snapshot()
  return [...snapshot.entries.values()]
    .map((versions) => describeChart(snapshot, versions, source.repositoryUrl))
    .filter((chart) => chart !== null)
    .toSorted((one, other) => one.name.localeCompare(other.name))
}
