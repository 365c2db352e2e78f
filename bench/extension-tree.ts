import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { toRow } from '#scripts/bench/row.ts'
import type { Row } from '#scripts/bench/row.ts'
import { buildWhenStale } from '#scripts/build/build-when-stale.ts'
import { builds } from '#scripts/build/builds.ts'
import { startCluster } from '#scripts/cluster/start-cluster.ts'
import { createPods } from '#scripts/cluster/create-pods.ts'

const POD_COUNT = 10_000
const MEBIBYTE = 1024 * 1024

/** What `read-pods.ts` prints. Times are medians. */
export interface PodReading {
  bareMs: number
  firstPageMs: number
  allMs: number
  keptBytes: number
  count: number
}

/** The tree's list of 10,000 pods on a real API server, read by the built extension in a Node process of its own. */
export async function measure(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'kube9-bench-'))
  await buildWhenStale(builds.extension, { logFile: join(folder, 'build.log') })
  const cluster = await startCluster({ nodes: { kwok: 3 } })
  try {
    await createPods(cluster.kubeconfigPath, 'default', POD_COUNT)
    const program = fileURLToPath(new URL('extension-tree/read-pods.ts', import.meta.url))
    const args = ['--expose-gc', program, cluster.kubeconfigPath]
    const { stdout } = await promisify(execFile)(process.execPath, args)
    return rowsOf(JSON.parse(stdout) as PodReading)
  } finally {
    await cluster.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

function rowsOf({ bareMs, firstPageMs, allMs, keptBytes, count }: PodReading): Row[] {
  const kept = keptBytes / MEBIBYTE
  return [
    toRow({ promise: 'first page of 500 pods', value: firstPageMs, unit: 'ms', reference: bareMs, bar: 200 }),
    toRow({ promise: 'kept of 10,000 pods', value: kept, unit: 'MiB', bar: 20 }),
    toRow({ promise: 'pods that are there then', value: count, unit: 'pods', bar: POD_COUNT, atLeast: true }),
    toRow({ promise: 'all pages, one after the other', value: allMs, unit: 'ms' }),
    toRow({ promise: 'a bare fetch of the first page', value: bareMs, unit: 'ms' }),
  ]
}
