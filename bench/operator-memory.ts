import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { generateApiKey } from '#contract/api-key.ts'
import { toRow } from '#scripts/bench/row.ts'
import type { Row } from '#scripts/bench/row.ts'
import { buildWhenStale } from '#scripts/build/build-when-stale.ts'
import { builds } from '#scripts/build/builds.ts'
import { startCluster } from '#scripts/cluster/start-cluster.ts'
import { OperatorSite } from '#test/cluster/operator/operator-site.ts'
import { waitFor } from '#test/stack/wait-for.ts'
import { createPods } from '#scripts/cluster/create-pods.ts'
import { startServerPeer } from './operator-memory/server-peer.ts'

const POD_COUNT = 10_000
const HEARTBEAT_SECONDS = 5
/** Longer than the operator's own interval, so that it has read the whole cluster in between. */
const SETTLE_MS = 75_000
const SAMPLES = 10

interface Resident {
  /** Median of the samples, and the most since the process began, in MiB. */
  resting: number
  peak: number
}

/** Resident memory of the built operator, registered over TLS, beating, counting and collecting, beside a Node process that does nothing. */
export async function measure(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'kube9-bench-'))
  await buildWhenStale(builds.operator, { logFile: join(folder, 'build.log') })
  const bare = await measureBareNode()
  const peer = await startServerPeer(HEARTBEAT_SECONDS)
  const cluster = await startCluster({ nodes: { kwok: 3 } })
  try {
    const caFile = join(folder, 'ca.crt')
    writeFileSync(caFile, peer.caPem)
    const site = await OperatorSite.create(cluster, peer.url)
    site.setKey(generateApiKey('prod'))
    const { pid } = site.start({ NODE_EXTRA_CA_CERTS: caFile })
    await waitFor('heartbeats and a collection of each type', () => peer.beats() > 2 && peer.collections().count >= 3)
    const atRest = await settled(pid)
    await createPods(cluster.kubeconfigPath, site.namespace, POD_COUNT)
    await waitFor('all pods to be counted', async () => (await site.dashboard()).workloads.pods >= POD_COUNT, 180_000)
    const before = peer.collections().count
    await waitFor('collections of all pods', () => peer.collections().count >= before + 4, 300_000)
    const full = await settled(pid)
    await site.remove()
    return rowsOf(bare, atRest, full)
  } finally {
    peer.stop()
    await cluster.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

function rowsOf(bare: Resident, atRest: Resident, full: Resident): Row[] {
  const shared = { unit: 'MiB resident', reference: bare.resting }
  return [
    toRow({ promise: 'operator at rest, connected', value: atRest.resting, bar: 85, ...shared }),
    toRow({ promise: 'operator with 10,000 pods', value: full.resting, bar: 110, ...shared }),
    toRow({ promise: '  the most it ever had', value: full.peak, bar: 130, ...shared }),
    toRow({ promise: 'a Node process that does nothing', value: bare.resting, unit: 'MiB resident' }),
  ]
}

async function measureBareNode(): Promise<Resident> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 60_000)'], { stdio: 'ignore' })
  try {
    if (child.pid === undefined) throw new Error('Node could not be started.')
    await delay(3_000)
    return await sample(child.pid)
  } finally {
    child.kill('SIGKILL')
  }
}

async function settled(pid: number): Promise<Resident> {
  await delay(SETTLE_MS)
  return sample(pid)
}

async function sample(pid: number): Promise<Resident> {
  const values: number[] = []
  let peak = 0
  for (let at = 0; at < SAMPLES; at++) {
    const status = await readFile(`/proc/${pid}/status`, 'utf8')
    values.push(mebibytes(status, 'VmRSS'))
    peak = mebibytes(status, 'VmHWM')
    await delay(500)
  }
  return { resting: values.toSorted((one, other) => one - other)[SAMPLES / 2] ?? 0, peak }
}

function mebibytes(status: string, field: string): number {
  const kibibytes = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]
  if (kibibytes === undefined) throw new Error(`This system does not say ${field} of a process.`)
  return Math.round((Number(kibibytes) / 1024) * 10) / 10
}
