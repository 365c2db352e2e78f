import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, request } from 'node:http'
import type { IncomingHttpHeaders, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { createChartHandler } from './handler.ts'

const metadataSchema = z.object({ version: z.string() })
const chartsFolder = fileURLToPath(new URL('../../../charts', import.meta.url))
const { version } = metadataSchema.parse(
  parse(readFileSync(join(chartsFolder, 'kube9-operator', 'Chart.yaml'), 'utf8')),
)
const chartFile = `kube9-operator-${version}.tgz`

let folder: string
let directory: string
let server: Server
let port: number
const helmPrograms: string[] = []
const logged: unknown[] = []

beforeAll(async () => {
  // The packer and the parts are scripts, which the server itself never imports.
  const { buildChartRepository } = await import('#scripts/build/charts/build-repository.ts')
  const { ensureHelm3, ensureHelmAndKubectl } = await import('#scripts/parts/helm-kubectl.ts')
  const [helm3, current] = await Promise.all([ensureHelm3(), ensureHelmAndKubectl()])
  helmPrograms.push(current.helm, (helm3 ?? current).helm)
  folder = await mkdtemp(join(tmpdir(), 'kube9-charts-'))
  directory = join(folder, 'charts')
  await buildChartRepository(chartsFolder, directory)
  ;({ server, port } = await serve(directory))
})

afterAll(async () => {
  server.close()
  await rm(folder, { recursive: true })
})

/** A portal that has pages of its own, and a chart host beside it. */
async function serve(from: string): Promise<{ server: Server; port: number }> {
  const handle = createChartHandler({
    directory: from,
    portalUrl: 'http://portal.example',
    chartsUrl: 'https://charts.example',
    log: { error: (...entry: unknown[]) => logged.push(entry) },
  })
  const started = createServer((req, res) => {
    if (!handle(req, res)) res.end(`a page of the portal: ${req.url}`)
  })
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve))
  return { server: started, port: (started.address() as AddressInfo).port }
}

type Reply = { status: number; headers: IncomingHttpHeaders; body: Buffer }

async function ask(path: string, headers: Record<string, string> = {}, method = 'GET', to = port): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port: to, path, method, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      )
    })
    call.on('error', reject).end()
  })
}

const onChartHost = { host: 'charts.example' }
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

describe.each([0, 1])('real helm (current, then 3): %i', (at) => {
  const helm = async (...args: string[]): Promise<string> => {
    const home = join(folder, `helm-${at}`)
    const env = { ...process.env, HELM_CACHE_HOME: home, HELM_CONFIG_HOME: home, HELM_DATA_HOME: home }
    return (await promisify(execFile)(helmPrograms[at] ?? 'helm', args, { env })).stdout
  }

  test('adds the repository, finds the chart, pulls it with the digest of the index, and renders it', async () => {
    await helm('repo', 'add', 'kube9', `http://127.0.0.1:${port}/charts`)
    const found = JSON.parse(await helm('search', 'repo', 'kube9/', '--output', 'json')) as { name: string }[]
    expect(found).toMatchObject([{ name: 'kube9/kube9-operator', version, app_version: version }])
    await helm('pull', 'kube9/kube9-operator', '--destination', folder)
    const index = JSON.parse(await readFile(join(directory, 'index.yaml'), 'utf8'))
    expect(sha256(await readFile(join(folder, chartFile)))).toBe(index.entries['kube9-operator'][0].digest)
    expect(await helm('template', 'kube9/kube9-operator')).toContain('kind: Deployment')
  })
})

describe('where the repository answers', () => {
  test.each([
    ['/charts', {}],
    ['/charts/', {}],
    ['/charts/kube9-operator', {}],
    ['/charts/kube9-operator/index.yaml', {}],
    ['/index.yaml', {}],
    [`/${chartFile}`, {}],
    ['/', {}],
  ])('%s on the portal’s host is a page of the portal', async (path, headers) => {
    expect((await ask(path, headers)).body.toString()).toBe(`a page of the portal: ${path}`)
  })

  test.each([
    ['/charts/index.yaml', {}],
    [`/charts/${chartFile}`, {}],
    ['/charts/index.yaml?slim=1', {}],
    ['/index.yaml', onChartHost],
    [`/${chartFile}`, onChartHost],
    ['/index.yaml', { host: 'CHARTS.example' }],
  ])('%s with %j is a file of the repository', async (path, headers) => {
    const { status, headers: answered } = await ask(path, headers)
    expect({ status, etag: answered.etag }).toEqual({ status: 200, etag: expect.stringMatching(/^"[0-9a-f]{64}"$/) })
  })

  test.each(['/', '/docs', '/api/trpc/team.list', '/charts/index.yaml', '/%2e%2e/etc/passwd', '/../server/api.ts'])(
    '%s on the chart host never reaches the portal',
    async (path) => {
      const { status, body } = await ask(path, onChartHost)
      expect(status).toBe(404)
      expect(body.toString()).toContain('helm repo add kube9 https://charts.example')
    },
  )

  test.each([`/charts/${chartFile}.prov`, '/charts/other-1.0.0.tgz', '/charts/..tgz', '/charts/published.json.yaml'])(
    '%s is not there, in one line of text',
    async (path) => {
      const { status, headers, body } = await ask(path)
      expect(status).toBe(404)
      expect(headers['content-type']).toBe('text/plain; charset=utf-8')
      expect(body.toString().trim().split('\n')).toHaveLength(1)
    },
  )
})

describe('how files are served', () => {
  test('the index is always asked for again, and costs nothing while it is the same', async () => {
    const first = await ask('/charts/index.yaml')
    expect(first.headers).toMatchObject({
      'cache-control': 'no-cache',
      'content-type': 'application/json; charset=utf-8',
      'content-length': String(first.body.length),
    })
    const again = await ask('/charts/index.yaml', { 'if-none-match': `W/"other", ${first.headers.etag}` })
    expect(again).toMatchObject({ status: 304, body: Buffer.alloc(0) })
    expect(again.headers).toMatchObject({ etag: first.headers.etag, 'cache-control': 'no-cache' })
  })

  test('a package may be kept for ever, is a download, and its tag is its digest', async () => {
    const { headers, body } = await ask(`/charts/${chartFile}`)
    expect(headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-disposition': `attachment; filename="${chartFile}"`,
      'content-type': 'application/gzip',
      etag: `"${sha256(body)}"`,
    })
    expect((await ask(`/charts/${chartFile}`, { 'if-none-match': `"${sha256(body)}"` })).status).toBe(304)
  })

  test.each(['/charts/index.yaml', `/charts/${chartFile}`, '/charts/no.tgz'])(
    '%s sets no cookie, and no browser guesses or runs it',
    async (path) => {
      const { headers } = await ask(path, { cookie: 'session=1' })
      expect(headers).not.toHaveProperty('set-cookie')
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
      })
    },
  )
})

describe('compression', () => {
  test.each([{}, { 'accept-encoding': 'identity' }, { 'accept-encoding': 'br, gzip;q=0' }, { 'accept-encoding': '*' }])(
    'the index is plain for who does not name gzip: %j',
    async (headers) => {
      const reply = await ask('/charts/index.yaml', headers)
      expect(reply.headers).not.toHaveProperty('content-encoding')
      expect(JSON.parse(reply.body.toString())).toMatchObject({ apiVersion: 'v1' })
    },
  )

  test('the index is compressed for who asks, under a tag of its own', async () => {
    const [plain, packed] = await Promise.all([
      ask('/charts/index.yaml'),
      ask('/charts/index.yaml', { 'accept-encoding': 'br, GZIP;q=0.8' }),
    ])
    expect(packed.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'Accept-Encoding' })
    expect(packed.headers.etag).not.toBe(plain.headers.etag)
    expect(gunzipSync(packed.body)).toEqual(plain.body)
    const tagged = { 'accept-encoding': 'gzip', 'if-none-match': String(packed.headers.etag) }
    expect((await ask('/charts/index.yaml', tagged)).status).toBe(304)
  })

  test('a package is never compressed twice', async () => {
    const { headers } = await ask(`/charts/${chartFile}`, { 'accept-encoding': 'gzip' })
    expect(headers).not.toHaveProperty('content-encoding')
  })
})

describe('methods', () => {
  test('HEAD gives the same headers and no body', async () => {
    const [get, head] = await Promise.all([ask(`/charts/${chartFile}`), ask(`/charts/${chartFile}`, {}, 'HEAD')])
    expect(head.body).toHaveLength(0)
    expect({ ...head.headers, date: '' }).toEqual({ ...get.headers, date: '' })
  })

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('%s is refused', async (method) => {
    const { status, headers } = await ask('/charts/index.yaml', {}, method)
    expect({ status, allow: headers.allow }).toEqual({ status: 405, allow: 'GET, HEAD' })
  })
})

describe('when the folder changes', () => {
  test('a new index is served to the very next request', async () => {
    const changing = join(folder, 'changing')
    await cp(directory, changing, { recursive: true })
    const { server: own, port: ownPort } = await serve(changing)
    const before = await ask('/charts/index.yaml', {}, 'GET', ownPort)
    const index = JSON.parse(before.body.toString())
    await writeFile(join(changing, 'index.yaml'), JSON.stringify({ ...index, annotations: { changed: 'yes' } }))
    const after = await ask('/charts/index.yaml', {}, 'GET', ownPort)
    own.close()
    expect(JSON.parse(after.body.toString()).annotations).toEqual({ changed: 'yes' })
    expect(after.headers.etag).not.toBe(before.headers.etag)
  })

  test('a package that is not what the index says is never served, and the fault is mended without a restart', async () => {
    const broken = join(folder, 'broken')
    await cp(directory, broken, { recursive: true })
    const good = await readFile(join(broken, chartFile))
    await writeFile(join(broken, chartFile), 'something else')
    const { server: own, port: ownPort } = await serve(broken)
    const bad = await ask(`/charts/${chartFile}`, {}, 'GET', ownPort)
    await writeFile(join(broken, chartFile), good)
    const mended = await ask(`/charts/${chartFile}`, {}, 'GET', ownPort)
    own.close()
    expect({ status: bad.status, retryAfter: bad.headers['retry-after'] }).toEqual({ status: 503, retryAfter: '60' })
    expect(JSON.stringify(logged)).toContain('the chart repository cannot be read')
    expect(mended.body).toEqual(good)
  })

  test('without packaged charts the answer is 503, and pages go on', async () => {
    const { server: own, port: ownPort } = await serve(join(folder, 'nowhere'))
    const [index, page] = await Promise.all([
      ask('/charts/index.yaml', {}, 'GET', ownPort),
      ask('/docs', {}, 'GET', ownPort),
    ])
    own.close()
    expect({ index: index.status, page: page.status }).toEqual({ index: 503, page: 200 })
  })
})

test('nothing lies in the folder that the index does not name', async () => {
  const index = JSON.parse(await readFile(join(directory, 'index.yaml'), 'utf8'))
  const named = index.entries['kube9-operator'].flatMap(({ urls }: { urls: string[] }) => urls)
  expect(new Set(await readdir(directory))).toEqual(new Set(['index.yaml', ...named]))
})
