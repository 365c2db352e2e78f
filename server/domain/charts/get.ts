import type { Chart } from '#contract/portal-api.ts'
import { ServiceError } from '#server/core/errors.ts'
import { describeChart } from './describe.ts'
import type { ChartSource } from './list.ts'

/** One chart by its name. Public. Throws NOT_FOUND. */
export async function getChart(source: ChartSource, input: { name: string }): Promise<Chart> {
  const snapshot = await source.repository.snapshot()
  const versions = snapshot.entries.get(input.name)
  const chart = versions && describeChart(snapshot, versions, source.repositoryUrl)
  if (!chart) throw new ServiceError('NOT_FOUND', 'There is no chart of this name. See the list of charts.')
  return chart
}
