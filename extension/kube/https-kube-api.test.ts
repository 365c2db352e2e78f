import { once } from 'node:events'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer as createHttpServer } from 'node:http'
import type { IncomingMessage, RequestListener, Server } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { connect } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { text as readText } from 'node:stream/consumers'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { Credentials } from './credentials.ts'
import type { EditorProxy } from './credentials.ts'
import { HttpsKubeApi } from './https-kube-api.ts'
import { userEntrySchema } from './kubeconfig-schema.ts'
import type { ClusterEntry, UserEntry } from './kubeconfig-schema.ts'
import { selfSigned } from './self-signed.ts'

const closing: (() => unknown)[] = []
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kube9-api-'))
})
afterEach(async () => {
  for (let close = closing.pop(); close; close = closing.pop()) await close()
  await rm(folder, { recursive: true })
})

async function listen(server: Server): Promise<number> {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  closing.push(() => {
    server.close()
    server.closeAllConnections()
  })
  return (server.address() as AddressInfo).port
}

const serve = async (answer: RequestListener) => `http://127.0.0.1:${await listen(createHttpServer(answer))}`

const certificate = selfSigned()
const caData = Buffer.from(certificate.certPem).toString('base64')

async function serveTls(answer: RequestListener): Promise<string> {
  const server = createHttpsServer({ cert: certificate.certPem, key: certificate.keyPem }, answer)
  return `https://127.0.0.1:${await listen(server)}`
}

interface Access {
  user?: Partial<UserEntry>
  cluster?: Partial<ClusterEntry>
  editorProxy?: EditorProxy
  watchIdleMs?: number
}

function apiFor(server: string, { user, cluster, editorProxy, watchIdleMs }: Access = {}): HttpsKubeApi {
  const access = {
    name: 'test',
    clusterName: 'test',
    userName: 'me',
    namespace: null,
    cluster: { server, ...cluster },
    user: userEntrySchema.parse(user ?? { token: 'secret-token' }),
  }
  const credentials = new Credentials(access, () => editorProxy ?? { proxy: '', noProxy: [] })
  closing.push(() => credentials.close())
  return new HttpsKubeApi(server, async () => credentials, watchIdleMs === undefined ? {} : { watchIdleMs })
}

const anything = z.unknown()
const status = (code: number, message: string) => JSON.stringify({ kind: 'Status', code, message })
const headersSchema = z.record(z.string(), z.union([z.string(), z.array(z.string())]))
const echoHeaders: RequestListener = (req, res) => res.end(JSON.stringify(req.headersDistinct))

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

describe('a call', () => {
  test('gives the parsed answer of one kept connection', async () => {
    const sockets = new Set<Socket>()
    const server = await serve((req, res) => {
      sockets.add(req.socket)
      res.end(JSON.stringify({ url: req.url, auth: req.headers.authorization }))
    })
    const api = apiFor(server)
    const schema = z.object({ url: z.string(), auth: z.string() })
    for (let call = 0; call < 10; call++) await api.call('/version', schema)
    const answer = await api.call('/api/v1/pods', schema, { query: { limit: 5, continue: undefined } })
    expect(answer).toEqual({ url: '/api/v1/pods?limit=5', auth: 'Bearer secret-token' })
    expect(sockets.size).toBe(1)
  })

  test('sends a body as it is told', async () => {
    const server = await serve((req, res) => {
      const answer = (body: string) => res.end(JSON.stringify([req.method, req.headers['content-type'], body]))
      void readText(req).then(answer)
    })
    const request = { method: 'PATCH', body: { a: 'ü' }, contentType: 'application/merge-patch+json' } as const
    expect(await apiFor(server).call('/x', anything, request)).toEqual([
      'PATCH',
      'application/merge-patch+json',
      '{"a":"ü"}',
    ])
  })

  test('that is not answered ends in time, and says so', async () => {
    const server = await serve(() => undefined)
    const begunAt = performance.now()
    const call = apiFor(server).call('/x', anything, { timeoutMs: 200 })
    await expect(call).rejects.toMatchObject({
      fault: 'unreachable',
      message: `${server} did not answer within 0.2 s.`,
    })
    expect(performance.now() - begunAt).toBeLessThan(1_000)
  })

  test('that hangs in the middle of its answer ends in time', async () => {
    const server = await serve((_req, res) => void res.write('{'))
    await expect(apiFor(server).call('/x', anything, { timeoutMs: 200 })).rejects.toMatchObject({
      fault: 'unreachable',
    })
  })

  test('is tried again when a kept connection was closed meanwhile', async () => {
    let socket: Socket | undefined
    const server = await serve((req, res) => {
      socket = req.socket
      res.end('{}')
    })
    const api = apiFor(server)
    for (let round = 0; round < 5; round++) {
      await api.call('/x', anything)
      socket?.destroy()
      expect(await api.call('/x', anything)).toEqual({})
    }
  })

  test.each([
    ['ECONNREFUSED', 'http://127.0.0.1:1', /127\.0\.0\.1:1 refused the connection/],
    ['ENOTFOUND', 'https://no-such-host.invalid', /has a name that/],
  ])('without an answer says %s in plain words, and what to do', async (_code, server, message) => {
    await expect(apiFor(server).call('/x', anything)).rejects.toMatchObject({
      fault: 'unreachable',
      message: expect.stringMatching(message),
      mend: expect.stringMatching(/^Check /),
    })
  })

  test.each([
    [401, 'Unauthorized', { fault: 'unauthenticated', message: 'The cluster does not accept these credentials.' }],
    [404, 'pods "x" not found', { fault: 'not-found', message: 'pods "x" not found' }],
    [410, 'too old', { fault: 'expired' }],
    [500, 'etcd is away', { fault: 'other', message: 'etcd is away' }],
  ])('that is refused with %i says it', async (code, message, error) => {
    const server = await serve((_req, res) => void res.writeHead(code).end(status(code, message)))
    await expect(apiFor(server).call('/x', anything)).rejects.toMatchObject({ status: code, ...error })
  })

  test.each([
    ['in the namespace "shop"', 'in the namespace shop', 'Role of the namespace shop'],
    ['at the cluster scope', 'in the whole cluster', 'ClusterRole'],
  ])('that is forbidden names the rule that is missing %s', async (scope, where, role) => {
    const message = `deployments.apps is forbidden: User "me" cannot list resource "deployments" in API group "apps" ${scope}`
    const server = await serve((_req, res) => void res.writeHead(403).end(status(403, message)))
    await expect(apiFor(server).call('/x', anything)).rejects.toMatchObject({
      fault: 'forbidden',
      message: `You may not list deployments ${where}.`,
      mend: expect.stringContaining(role),
      rbac: '{apiGroups: ["apps"], resources: ["deployments"], verbs: ["list"]}',
    })
  })

  test('that meets something else than Kubernetes says so', async () => {
    const server = await serve((_req, res) => void res.end('<html>'))
    await expect(apiFor(server).call('/x', anything)).rejects.toMatchObject({
      fault: 'other',
      mend: expect.any(String),
    })
  })

  test('never has the token in its error', async () => {
    const server = await serve((_req, res) => void res.writeHead(500).end(status(500, 'no')))
    for (const address of [server, 'http://127.0.0.1:1']) {
      const error = await apiFor(address)
        .call('/x', anything)
        .catch((fault: unknown) => fault)
      expect(`${JSON.stringify(error)} ${(error as Error).stack} ${String((error as Error).cause)}`).not.toContain(
        'secret-token',
      )
    }
  })
})

describe('credentials', () => {
  test('a token file is read anew, as it rotates', async () => {
    const tokenFile = join(folder, 'token')
    await writeFile(tokenFile, 'first')
    const server = await serve(echoHeaders)
    const headers = await apiFor(server, { user: { tokenFile } }).call('/x', headersSchema)
    expect(headers['authorization']).toEqual(['Bearer first'])
  })

  test('that are a file which is missing name the file', async () => {
    const tokenFile = join(folder, 'absent')
    const call = apiFor('http://127.0.0.1:1', { user: { tokenFile } }).call('/x', anything)
    await expect(call).rejects.toMatchObject({ fault: 'unauthenticated', message: expect.stringContaining(tokenFile) })
  })

  test('as somebody else go with groups and extras', async () => {
    const server = await serve(echoHeaders)
    const user = {
      token: 't',
      as: 'jane',
      'as-uid': '7',
      'as-groups': ['dev', 'ops'],
      'as-user-extra': { scopes: ['a'] },
    }
    expect(await apiFor(server, { user }).call('/x', headersSchema)).toMatchObject({
      'impersonate-user': ['jane'],
      'impersonate-uid': ['7'],
      'impersonate-group': ['dev', 'ops'],
      'impersonate-extra-scopes': ['a'],
    })
  })

  test('of name and password are basic', async () => {
    const headers = await apiFor(await serve(echoHeaders), { user: { username: 'me', password: 'pass' } }).call(
      '/x',
      headersSchema,
    )
    expect(headers['authorization']).toEqual([`Basic ${Buffer.from('me:pass').toString('base64')}`])
  })

  test('of a plugin that are refused are fetched anew, once', async () => {
    const command = join(folder, 'get-token')
    await writeFile(
      command,
      `#!/bin/sh\necho run >> '${folder}/runs'\nn=$(wc -l < '${folder}/runs')\necho '{"status":{"token":"t'$n'"}}'\n`,
    )
    await chmod(command, 0o755)
    const seen: (string | undefined)[] = []
    const server = await serve((req, res) => {
      seen.push(req.headers.authorization)
      if (seen.length % 2 === 1) res.writeHead(401).end(status(401, 'Unauthorized'))
      else res.end('{}')
    })
    const api = apiFor(server, { user: { exec: { apiVersion: 'client.authentication.k8s.io/v1', command } } })
    await api.call('/x', anything)
    expect(seen).toEqual(['Bearer t1', 'Bearer t2'])
  })
})

describe('TLS', () => {
  test('is believed by the CA of the kubeconfig, and refused without', async () => {
    const server = await serveTls((_req, res) => void res.end('{}'))
    expect(await apiFor(server, { cluster: { 'certificate-authority-data': caData } }).call('/x', anything)).toEqual({})
    await expect(apiFor(server).call('/x', anything)).rejects.toMatchObject({
      fault: 'unreachable',
      message: expect.stringMatching(/certificate that nobody vouches for/),
      mend: expect.stringMatching(/certificate-authority-data/),
    })
  })

  test('for another name is refused, unless tls-server-name says it', async () => {
    const server = (await serveTls((_req, res) => void res.end('{}'))).replace('127.0.0.1', 'localhost')
    const cluster = { 'certificate-authority-data': caData }
    await expect(apiFor(server, { cluster }).call('/x', anything)).rejects.toThrow(/certificate for another name/)
    const named = { ...cluster, 'tls-server-name': 'kube9.test' }
    expect(await apiFor(server, { cluster: named }).call('/x', anything)).toEqual({})
  })

  test('is not looked at with insecure-skip-tls-verify', async () => {
    const server = await serveTls((_req, res) => void res.end('{}'))
    expect(await apiFor(server, { cluster: { 'insecure-skip-tls-verify': true } }).call('/x', anything)).toEqual({})
  })
})

describe('a proxy', () => {
  async function startProxy(answer = 200) {
    const seen: { target: string | undefined; login: string | undefined }[] = []
    const proxy = createHttpServer()
    proxy.on('connect', (req: IncomingMessage, socket: Socket) => {
      seen.push({ target: req.url, login: req.headers['proxy-authorization'] })
      if (answer !== 200) return socket.end(`HTTP/1.1 ${answer} No\r\n\r\n`)
      const [host, port] = (req.url ?? '').split(':')
      const out = connect(Number(port), host, () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n')
        socket.pipe(out).pipe(socket)
      })
      out.on('error', () => socket.destroy())
      socket.on('error', () => out.destroy())
      return undefined
    })
    return { url: `127.0.0.1:${await listen(proxy)}`, seen }
  }

  test('of the kubeconfig is gone through, by one kept tunnel', async () => {
    const server = await serveTls((_req, res) => void res.end('{}'))
    const proxy = await startProxy()
    const cluster = { 'certificate-authority-data': caData, 'proxy-url': `http://me:pa%20ss@${proxy.url}` }
    const api = apiFor(server, { cluster })
    for (let call = 0; call < 5; call++) await api.call('/x', anything)
    const login = `Basic ${Buffer.from('me:pa ss').toString('base64')}`
    expect(proxy.seen).toEqual([{ target: new URL(server).host, login }])
  })

  test('that refuses is named as such', async () => {
    const proxy = await startProxy(407)
    const api = apiFor('https://k8s.example', { cluster: { 'proxy-url': `http://${proxy.url}` } })
    await expect(api.call('/x', anything)).rejects.toMatchObject({
      message: 'https://k8s.example is behind a proxy that refused.',
      mend: expect.stringMatching(/proxy-url/),
    })
  })

  test('of the editor is gone through, but not for this machine', async () => {
    const proxy = await startProxy(407)
    const editorProxy = { proxy: `http://${proxy.url}`, noProxy: [] }
    await expect(apiFor('https://k8s.example', { editorProxy }).call('/x', anything)).rejects.toThrow(/proxy/)
    expect(proxy.seen.length).toBe(1)
    const server = await serve((_req, res) => void res.end('{}'))
    expect(await apiFor(server, { editorProxy }).call('/x', anything)).toEqual({})
  })
})

describe('a stream', () => {
  test('gives lines as they come, and ends with the answer', async () => {
    const server = await serve((_req, res) => {
      res.write('one\ntw')
      setTimeout(() => res.end('o\nthree'), 50)
    })
    const { signal } = new AbortController()
    expect(await collect(apiFor(server).lines('/log', { signal }))).toEqual(['one', 'two', 'three'])
  })

  test('ends in silence by its signal, and lets the connection go', async () => {
    const ended = Promise.withResolvers<void>()
    const server = await serve((req, res) => {
      res.write('one\n')
      req.once('close', () => ended.resolve())
    })
    const end = new AbortController()
    const lines: string[] = []
    for await (const line of apiFor(server).lines('/log', { signal: end.signal })) {
      lines.push(line)
      end.abort()
    }
    await ended.promise
    expect(lines).toEqual(['one'])
  })

  test('lives longer than its time to begin', async () => {
    const server = await serve((_req, res) => {
      res.write('one\n')
      setTimeout(() => res.end('two\n'), 400)
    })
    const { signal } = new AbortController()
    expect(await collect(apiFor(server).lines('/log', { signal, timeoutMs: 200 }))).toEqual(['one', 'two'])
  })

  test('that breaks says so', async () => {
    const server = await serve((_req, res) => {
      res.write('one\n')
      setTimeout(() => res.destroy(), 50)
    })
    const { signal } = new AbortController()
    await expect(collect(apiFor(server).lines('/log', { signal }))).rejects.toMatchObject({ fault: 'unreachable' })
  })
})

describe('a watch', () => {
  const event = (type: string, object: object) => `${JSON.stringify({ type, object })}\n`

  test('gives its events, bookmarks included, and asks for an end before silence is taken for one', async () => {
    let url = ''
    const server = await serve((req, res) => {
      url = req.url ?? ''
      res.end(event('ADDED', { a: 1 }) + event('BOOKMARK', { b: 2 }))
    })
    const { signal } = new AbortController()
    const events = await collect(apiFor(server).watch('/api/v1/pods', { signal, query: { resourceVersion: '7' } }))
    expect(events).toEqual([
      { type: 'ADDED', object: { a: 1 } },
      { type: 'BOOKMARK', object: { b: 2 } },
    ])
    expect(url).toBe('/api/v1/pods?watch=true&allowWatchBookmarks=true&timeoutSeconds=120&resourceVersion=7')
  })

  test('that grew too old is told as expired', async () => {
    const server = await serve(
      (_req, res) => void res.end(event('ERROR', { kind: 'Status', code: 410, message: 'too old' })),
    )
    const { signal } = new AbortController()
    await expect(collect(apiFor(server).watch('/x', { signal }))).rejects.toMatchObject({ fault: 'expired' })
  })

  test('that falls silent ends as an ordinary one does', async () => {
    const server = await serve((_req, res) => void res.write(event('ADDED', {})))
    const { signal } = new AbortController()
    const api = apiFor(server, { watchIdleMs: 200 })
    expect(await collect(api.watch('/x', { signal }))).toEqual([{ type: 'ADDED', object: {} }])
  })
})
