import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import semver from 'semver'
import { readPackageMetadata } from './package-metadata.ts'
import { packageChart } from './package-chart.ts'
import type { ChartMetadata, ChartPackage } from './package-chart.ts'
import { readPublished } from './published.ts'
import type { PublishedCharts } from './published.ts'

export type BuiltRepository = { folder: string; packages: ChartPackage[] }

/**
 * Packs every chart of `chartsFolder` into `outputFolder`, beside the packages of versions published before, and writes
 * the index last, so that an index never names a file that is not there. Throws when a published version would change.
 */
export async function buildChartRepository(chartsFolder: string, outputFolder: string): Promise<BuiltRepository> {
  const published = await readPublished(chartsFolder)
  const current = await Promise.all((await chartFolders(chartsFolder)).map(packageChart))
  for (const chart of current) refuseChange(chart, published)
  const packages = [...current, ...(await earlierPackages(chartsFolder, current))]
  refuseLoss(packages, published)
  await mkdir(outputFolder, { recursive: true })
  for (const chart of packages) await writeWhole(join(outputFolder, chart.fileName), chart.bytes)
  await writeWhole(join(outputFolder, 'index.yaml'), Buffer.from(indexOf(packages, published)))
  await removeStale(outputFolder, packages)
  return { folder: outputFolder, packages }
}

/** Folder of the repository that keeps the packages of published versions. */
export function archiveFolder(chartsFolder: string): string {
  return join(chartsFolder, 'published')
}

async function chartFolders(chartsFolder: string): Promise<string[]> {
  const entries = await readdir(chartsFolder, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory() && existsSync(join(chartsFolder, entry.name, 'Chart.yaml')))
    .map((entry) => join(chartsFolder, entry.name))
}

function refuseChange(chart: ChartPackage, published: PublishedCharts): void {
  const { name, version } = chart.metadata
  const entry = published[name]?.[version]
  if (!entry) {
    throw new Error(
      `charts/published.json does not know ${name} ${version}. Add it with its date of creation, and "sha256": null ` +
        `while it is a draft.`,
    )
  }
  if (entry.sha256 === null || entry.sha256 === chart.sha256) return
  throw new Error(
    `${name} ${version} is published, and its bytes have changed (${entry.sha256} is now ${chart.sha256}). Raise the ` +
      `version in charts/${name}/Chart.yaml and add it to charts/published.json as a draft.`,
  )
}

/** A version that somebody pinned must not go missing. */
function refuseLoss(packages: readonly ChartPackage[], published: PublishedCharts): void {
  const present = new Set(packages.map((chart) => chart.fileName))
  const listed = Object.entries(published).flatMap(([name, versions]) =>
    Object.keys(versions).map((version) => `${name}-${version}.tgz`),
  )
  const lost = listed.filter((fileName) => !present.has(fileName))
  if (lost.length > 0) {
    throw new Error(`charts/published.json lists ${lost.join(', ')}, but charts/published does not hold it.`)
  }
}

/** Versions that the folders have moved on from. Their bytes are those that were published. */
async function earlierPackages(chartsFolder: string, current: readonly ChartPackage[]): Promise<ChartPackage[]> {
  const folder = archiveFolder(chartsFolder)
  if (!existsSync(folder)) return []
  const isCurrent = new Set(current.map((chart) => chart.fileName))
  const names = (await readdir(folder)).filter((name) => name.endsWith('.tgz') && !isCurrent.has(name))
  return Promise.all(
    names.map(async (fileName) => {
      const bytes = await readFile(join(folder, fileName))
      const metadata = readPackageMetadata(bytes)
      if (fileName !== `${metadata.name}-${metadata.version}.tgz`) {
        throw new Error(`charts/published/${fileName} holds ${metadata.name} ${metadata.version}.`)
      }
      return { fileName, bytes, sha256: createHash('sha256').update(bytes).digest('hex'), metadata }
    }),
  )
}

/** JSON, which is YAML too: helm reads it three times as fast. Only keys that every helm knows may stand here. */
function indexOf(packages: readonly ChartPackage[], published: PublishedCharts): string {
  const entries: Record<string, (ChartMetadata & { created: string })[]> = {}
  for (const chart of packages.toSorted(newestFirst)) {
    const { name, version } = chart.metadata
    const entry = published[name]?.[version]
    if (!entry) throw new Error(`charts/published/${chart.fileName} is not listed in charts/published.json.`)
    if (entry.sha256 !== null && entry.sha256 !== chart.sha256) {
      throw new Error(`${chart.fileName} does not have the digest that charts/published.json gives for it.`)
    }
    entries[name] ??= []
    entries[name].push({ ...chart.metadata, created: entry.created, digest: chart.sha256, urls: [chart.fileName] })
  }
  const created = Object.values(entries).flatMap((versions) => versions.map((version) => version.created))
  return JSON.stringify({ apiVersion: 'v1', generated: created.toSorted().at(-1), entries })
}

function newestFirst(one: ChartPackage, other: ChartPackage): number {
  return (
    one.metadata.name.localeCompare(other.metadata.name) ||
    semver.rcompare(one.metadata.version, other.metadata.version)
  )
}

async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const partial = `${path}.partial-${process.pid}`
  await writeFile(partial, bytes)
  await rename(partial, path)
}

async function removeStale(folder: string, packages: readonly ChartPackage[]): Promise<void> {
  const wanted = new Set(['index.yaml', ...packages.map((chart) => chart.fileName)])
  const stale = (await readdir(folder)).filter((name) => name.endsWith('.tgz') && !wanted.has(name))
  for (const name of stale) await rm(join(folder, name))
}
