import { parse } from 'yaml'
import { readChartPackage } from '#server/domain/charts/index.ts'
import { metadataSchema } from './package-chart.ts'
import type { ChartMetadata } from './package-chart.ts'

/** Chart.yaml out of a package. */
export function readPackageMetadata(bytes: Buffer): ChartMetadata {
  return metadataSchema.parse(parse(readChartPackage(bytes).get('Chart.yaml') ?? ''))
}
