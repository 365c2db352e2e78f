import { createHash } from 'node:crypto'
import { chmod, copyFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Progress } from '../part.ts'
import { runProgram } from '../run-program.ts'
import { ETCD_VERSION, KUBERNETES_VERSION, KWOK_VERSION, STAGES_FILE, goArchitecture } from './versions.ts'

const KUBERNETES_PROGRAMS = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler']
const REACHABLE_WITHIN_MS = 3_000
const DOWNLOAD_WITHIN_MS = 5 * 60_000

/** The places of the official releases. */
export interface ReleaseSites {
  kubernetes: string
  github: string
}

export const OFFICIAL_SITES: ReleaseSites = { kubernetes: 'https://dl.k8s.io', github: 'https://github.com' }

/** True when both places answer within 3 s. */
export async function releasesReachable(sites: ReleaseSites): Promise<boolean> {
  const answers = await Promise.all([isReachable(sites.kubernetes), isReachable(sites.github)])
  return answers.every(Boolean)
}

/** Fills the folder with the official release binaries, checked where the release publishes a checksum. */
export async function downloadReleases(folder: string, sites: ReleaseSites, onProgress: Progress): Promise<string> {
  const kubernetes = `${sites.kubernetes}/v${KUBERNETES_VERSION}/bin/linux/${goArchitecture()}`
  for (const name of KUBERNETES_PROGRAMS) {
    onProgress(`downloading ${name} ${KUBERNETES_VERSION}`)
    const content = await download(`${kubernetes}/${name}`)
    await verify(name, content, (await download(`${kubernetes}/${name}.sha256`)).toString().trim())
    await writeProgram(join(folder, name), content)
  }
  await downloadEtcd(folder, sites, onProgress)
  await downloadKwok(folder, sites, onProgress)
  return 'official release binaries'
}

async function downloadEtcd(folder: string, sites: ReleaseSites, onProgress: Progress): Promise<void> {
  onProgress(`downloading etcd ${ETCD_VERSION}`)
  const release = `${sites.github}/etcd-io/etcd/releases/download/v${ETCD_VERSION}`
  const name = `etcd-v${ETCD_VERSION}-linux-${goArchitecture()}`
  const archive = await download(`${release}/${name}.tar.gz`)
  const sums = (await download(`${release}/SHA256SUMS`)).toString().split('\n')
  await verify(name, archive, sums.find((line) => line.endsWith(` ${name}.tar.gz`))?.split(' ')[0] ?? '')
  const archivePath = join(folder, `${name}.tar.gz`)
  await writeFile(archivePath, archive)
  await runProgram('tar', ['-xzf', archivePath, '-C', folder, `${name}/etcd`])
  await copyFile(join(folder, name, 'etcd'), join(folder, 'etcd'))
  await chmod(join(folder, 'etcd'), 0o755)
  await Promise.all([rm(archivePath), rm(join(folder, name), { recursive: true })])
}

async function downloadKwok(folder: string, sites: ReleaseSites, onProgress: Progress): Promise<void> {
  onProgress(`downloading kwok ${KWOK_VERSION}`)
  const release = `${sites.github}/kubernetes-sigs/kwok/releases/download/v${KWOK_VERSION}`
  await writeProgram(join(folder, 'kwok'), await download(`${release}/kwok-linux-${goArchitecture()}`))
  await writeFile(join(folder, STAGES_FILE), await download(`${release}/stage-fast.yaml`))
}

async function isReachable(url: string): Promise<boolean> {
  try {
    await fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(REACHABLE_WITHIN_MS) })
    return true
  } catch {
    return false
  }
}

async function download(url: string): Promise<Buffer> {
  const response = await fetch(url, { signal: AbortSignal.timeout(DOWNLOAD_WITHIN_MS) })
  if (!response.ok) throw new Error(`${url} answered ${response.status}`)
  return Buffer.from(await response.arrayBuffer())
}

async function verify(name: string, content: Buffer, expectedSha256: string): Promise<void> {
  const sha256 = createHash('sha256').update(content).digest('hex')
  if (sha256 !== expectedSha256) throw new Error(`${name} does not match the checksum of its release`)
}

async function writeProgram(path: string, content: Buffer): Promise<void> {
  await writeFile(path, content)
  await chmod(path, 0o755)
}
