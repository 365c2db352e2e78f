import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { gzipSync } from 'fflate'
import { parse } from 'yaml'
import { z } from 'zod'
import { packTar } from './tar.ts'

export type ChartPackage = {
  fileName: string
  bytes: Uint8Array
  sha256: string
  /** Chart.yaml as it stands: these are the fields that an index may repeat. */
  metadata: ChartMetadata
}

export const metadataSchema = z.looseObject({ name: z.string(), version: z.string(), appVersion: z.string() })
export type ChartMetadata = z.infer<typeof metadataSchema>

/** What belongs to the folder but not to the chart. The same list stands in each .helmignore, for helm itself. */
const LEFT_OUT = [/\.test\.ts$/, /^\.git/, /^\.DS_Store$/, /\.orig$/, /\.swp$/]

/**
 * Packs a chart folder as `helm package` would, but with the same bytes on every machine. The compression is fflate's,
 * which is plain JavaScript: zlib's result depends on its version and on the processor.
 */
export async function packageChart(chartFolder: string): Promise<ChartPackage> {
  const metadata = metadataSchema.parse(parse(await readFile(join(chartFolder, 'Chart.yaml'), 'utf8')))
  const paths = await listFiles(chartFolder)
  const files = await Promise.all(
    paths.map(async (path) => ({
      path: `${metadata.name}/${path}`,
      bytes: await readFile(join(chartFolder, path)),
    })),
  )
  const bytes = gzipSync(packTar(files), { level: 9, mtime: 0 })
  return {
    fileName: `${metadata.name}-${metadata.version}.tgz`,
    bytes,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    metadata,
  }
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  return entries
    .filter((entry) => entry.isFile() && !LEFT_OUT.some((pattern) => pattern.test(entry.name)))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
}
