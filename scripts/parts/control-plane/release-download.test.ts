import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { downloadReleases, releasesReachable } from './release-download.ts'
import type { ReleaseSites } from './release-download.ts'
import { ETCD_VERSION, PROGRAM_NAMES, goArchitecture } from './versions.ts'

const ETCD_NAME = `etcd-v${ETCD_VERSION}-linux-${goArchitecture()}`

/** What the sites publish, by the last part of the path. */
const published = new Map<string, Buffer>()
const server = createServer((req, res) => {
  const content = published.get((req.url ?? '').split('/').at(-1) ?? '')
  res.writeHead(content ? 200 : 404).end(content)
})

let folder: string
let sites: ReleaseSites

function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kube9-releases-'))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  sites = { kubernetes: url, github: url }
  for (const name of ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler']) {
    published.set(name, Buffer.from(`program ${name}`))
    published.set(`${name}.sha256`, Buffer.from(sha256(Buffer.from(`program ${name}`))))
  }
  await mkdir(join(folder, 'archive', ETCD_NAME), { recursive: true })
  await writeFile(join(folder, 'archive', ETCD_NAME, 'etcd'), 'program etcd')
  const archive = execFileSync('tar', ['-cz', '-C', join(folder, 'archive'), ETCD_NAME])
  published.set(`${ETCD_NAME}.tar.gz`, archive)
  published.set('SHA256SUMS', Buffer.from(`${sha256(archive)}  ${ETCD_NAME}.tar.gz\n`))
  published.set(`kwok-linux-${goArchitecture()}`, Buffer.from('program kwok'))
  published.set('stage-fast.yaml', Buffer.from('kind: Stage'))
})

afterAll(async () => {
  server.close()
  await rm(folder, { recursive: true })
})

test('release binaries arrive as programs', async () => {
  const target = await mkdtemp(join(folder, 'programs-'))
  await downloadReleases(target, sites, () => undefined)
  for (const name of PROGRAM_NAMES) {
    expect(await readFile(join(target, name), 'utf8')).toBe(`program ${name}`)
    expect((await stat(join(target, name))).mode & 0o111).not.toBe(0)
  }
})

test('a binary that is not what its release says is refused', async () => {
  const target = await mkdtemp(join(folder, 'programs-'))
  const good = published.get('kube-scheduler') ?? Buffer.of()
  published.set('kube-scheduler', Buffer.from('something else'))
  await expect(downloadReleases(target, sites, () => undefined)).rejects.toThrow(
    'kube-scheduler does not match the checksum of its release',
  )
  published.set('kube-scheduler', good)
})

test('sites out of reach are noticed', async () => {
  expect(await releasesReachable(sites)).toBe(true)
  expect(await releasesReachable({ ...sites, github: 'http://127.0.0.1:1' })).toBe(false)
})
