// node --expose-gc read-pods.ts KUBECONFIG: reads all pods as the tree does, beside a bare request for the same page.
import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:https'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { PodReading } from '../extension-tree.ts'

const ROUNDS = 9
const MANY_PAGES = 100
const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io'
const PATH = '/api/v1/pods?limit=500&includeObject=Metadata'

type List = { objects: readonly object[]; load(): Promise<void>; loadMore(pages: number): Promise<void> }
type Kind = { kind?: string }
type Registry = { ready(): Promise<void>; clusters: { api: object }[]; dispose(): void }
type Parts = {
  Change: new () => object
  KubeconfigRegistry: new (surroundings: object) => Registry
  ObjectList: new (api: object, kind: Kind | undefined, namespace: null) => List
  ServerKeys: new () => object
  sections: Kind[]
}

const [kubeconfig = ''] = process.argv.slice(2)
const bundle = fileURLToPath(new URL('../../dist/extension/parts/parts.mjs', import.meta.url))
const { Change, KubeconfigRegistry, ObjectList, ServerKeys, sections } = (await import(bundle)) as Parts

const registry = new KubeconfigRegistry({
  settings: {
    serverUrl: 'https://api.kube9.example',
    portalUrl: '',
    operatorNamespaces: [],
    kubeconfigFiles: [kubeconfig],
  },
  account: { current: null, changed: new Change(), server: {} },
  editorProxy: () => ({ proxy: '', noProxy: [] }),
  serverKeys: new ServerKeys(),
  log: () => undefined,
})
await registry.ready()
const api = registry.clusters[0]?.api ?? {}
const pods = sections.find(({ kind }) => kind === 'Pod')
const bare = bareRequest()

const [bareTimes, pageTimes]: [number[], number[]] = [[], []]
for (let round = 0; round < ROUNDS; round++) {
  bareTimes.push(await timed(bare))
  pageTimes.push(await timed(() => new ObjectList(api, pods, null).load()))
}

const before = keptNow()
const list = new ObjectList(api, pods, null)
const allMs = await timed(async () => {
  await list.load()
  await list.loadMore(MANY_PAGES)
})
const keptBytes = keptNow() - before
const reading: PodReading = {
  bareMs: median(bareTimes),
  firstPageMs: median(pageTimes),
  allMs,
  keptBytes,
  count: list.objects.length,
}
console.log(JSON.stringify(reading))
process.exit(0)

/** The same page over a kept connection of its own, read to its end and not looked at. */
function bareRequest(): () => Promise<unknown> {
  const config = JSON.parse(readFileSync(kubeconfig, 'utf8')) as {
    clusters: { cluster: { server: string; 'certificate-authority-data': string } }[]
    users: { user: { token: string } }[]
  }
  const { server = '', 'certificate-authority-data': caData = '' } = config.clusters[0]?.cluster ?? {}
  const agent = new Agent({ keepAlive: true, ca: Buffer.from(caData, 'base64') })
  const headers = { authorization: `Bearer ${config.users[0]?.user.token}`, accept: TABLE }
  return () =>
    new Promise((resolve, reject) => {
      const req = request(`${server}${PATH}`, { agent, headers }, (res) => void text(res).then(resolve, reject))
      req.once('error', reject)
      req.end()
    })
}

function keptNow(): number {
  if (!globalThis.gc) throw new Error('Start this with --expose-gc.')
  globalThis.gc()
  globalThis.gc()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begunAt = performance.now()
  await work()
  return performance.now() - begunAt
}

function median(values: number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0
}
