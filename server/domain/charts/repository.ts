import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

/** One chart version, as it stands in the index. Unknown fields of Chart.yaml pass through unread. */
const indexEntrySchema = z.object({
  name: z.string(),
  version: z.string(),
  appVersion: z.string().default(''),
  description: z.string().default(''),
  created: z.iso.datetime(),
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  urls: z.tuple([z.string().regex(/^[0-9A-Za-z][0-9A-Za-z.+_-]*\.tgz$/)]),
})
export type ChartIndexEntry = z.infer<typeof indexEntrySchema>

const indexSchema = z.object({ entries: z.record(z.string(), z.array(indexEntrySchema).min(1)) })

/** What lies in CHARTS_DIR at one moment: the index's bytes, what they say, and the packages they name. */
export type ChartSnapshot = {
  readonly index: { readonly bytes: Buffer; readonly sha256: string }
  readonly entries: ReadonlyMap<string, readonly ChartIndexEntry[]>
  readonly packages: ReadonlyMap<string, { readonly bytes: Buffer; readonly sha256: string }>
}

export interface ChartRepository {
  /** The charts as they are now. Rejects when the folder is not there or does not hold what its index says. */
  snapshot: () => Promise<ChartSnapshot>
}

/** The packaged charts of a folder that `scripts/build/charts.ts` wrote. Kept in memory, and read again when the index changes. */
export function openChartRepository(directory: string): ChartRepository {
  const indexPath = join(directory, 'index.yaml')
  let known: { stamp: string; snapshot: Promise<ChartSnapshot> } | null = null
  return {
    snapshot: async () => {
      const { mtimeMs, size, ino } = await stat(indexPath)
      const stamp = `${mtimeMs}:${size}:${ino}`
      if (known?.stamp !== stamp) known = { stamp, snapshot: readSnapshot(directory, indexPath) }
      const current = known
      try {
        return await current.snapshot
      } catch (error) {
        // A folder that was read halfway through a build must not stay broken until the next one.
        if (known === current) known = null
        throw error
      }
    },
  }
}

async function readSnapshot(directory: string, indexPath: string): Promise<ChartSnapshot> {
  const bytes = await readFile(indexPath)
  const { entries } = indexSchema.parse(JSON.parse(bytes.toString('utf8')))
  const listed = Object.values(entries).flat()
  const packages = await Promise.all(listed.map((entry) => readPackage(directory, entry)))
  return {
    index: { bytes, sha256: sha256Of(bytes) },
    entries: new Map(Object.entries(entries)),
    packages: new Map(packages),
  }
}

/** A package whose bytes are not those of the index is never served: helm 4 would keep it under the wrong digest. */
async function readPackage(
  directory: string,
  entry: ChartIndexEntry,
): Promise<[string, { bytes: Buffer; sha256: string }]> {
  const [fileName] = entry.urls
  const bytes = await readFile(join(directory, fileName))
  const sha256 = sha256Of(bytes)
  if (sha256 !== entry.digest) throw new Error(`${fileName} has digest ${sha256}, but the index says ${entry.digest}.`)
  return [fileName, { bytes, sha256 }]
}

function sha256Of(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
