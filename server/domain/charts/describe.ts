import type { Chart } from '#contract/portal-api.ts'
import { readChartPackage } from './read-package.ts'
import type { ChartIndexEntry, ChartSnapshot } from './repository.ts'

/**
 * One chart as pages show it, its files taken from the newest package. The index lists newest first.
 * `repositoryUrl` is without a slash at its end.
 */
export function describeChart(
  snapshot: ChartSnapshot,
  versions: readonly ChartIndexEntry[],
  repositoryUrl: string,
): Chart | null {
  const [newest] = versions
  const bytes = newest && snapshot.packages.get(newest.urls[0])?.bytes
  if (!newest || !bytes) return null
  const files = readChartPackage(bytes)
  return {
    name: newest.name,
    description: newest.description,
    versions: versions.map((entry) => ({
      version: entry.version,
      appVersion: entry.appVersion,
      created: entry.created,
      digest: `sha256:${entry.digest}`,
      url: `${repositoryUrl}/${entry.urls[0]}`,
    })),
    readmeMarkdown: files.get('README.md') ?? '',
    valuesYaml: files.get('values.yaml') ?? '',
    valuesSchemaJson: files.get('values.schema.json') ?? null,
    repositoryUrl,
  }
}
