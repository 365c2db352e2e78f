import { ServiceError } from '#server/core/errors.ts'
import { openChartRepository } from '#server/domain/charts/index.ts'
import type { ChartSource } from '#server/domain/charts/index.ts'
import type { Env } from '#server/platform/env.ts'

let opened: { folder: string; source: ChartSource } | undefined

/** The packaged charts of this installation. Throws NOT_FOUND when it has none. */
export function chartSource(env: Env): ChartSource {
  const folder = env.chartsFolder
  if (folder === null) throw new ServiceError('NOT_FOUND', 'This installation offers no charts: CHARTS_DIR is not set.')
  if (opened?.folder !== folder) {
    opened = { folder, source: { repository: openChartRepository(folder), repositoryUrl: env.addresses.charts } }
  }
  return opened.source
}
