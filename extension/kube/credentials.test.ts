import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { IncomingMessage, RequestListener } from 'node:http'
import { connect, createServer as createTcpServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { apiFor, caData, listen, serve, serveTls, statusText } from './api-setting.ts'
import { selfSigned } from './self-signed.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kube9-credentials-'))
})
afterEach(() => rm(folder, { recursive: true }))

const anything = z.unknown()
const headersSchema = z.record(z.string(), z.union([z.string(), z.array(z.string())]))
const echoHeaders: RequestListener = (req, res) => res.end(JSON.stringify(req.headersDistinct))

describe('credentials', () => {
  test('a token file is read anew, as it rotates', async () => {
    const tokenFile = join(folder, 'token')
    const server = await serve(echoHeaders)
    const api = apiFor(server, { user: { tokenFile } })
    for (const token of ['first', 'second']) {
      // As `echo` writes it.
      await writeFile(tokenFile, `${token}\n`)
      expect((await api.call('/x', headersSchema))['authorization']).toEqual([`Bearer ${token}`])
    }
  })

  test('of an OIDC login that holds are its token; one that has ended is left to kubectl to renew', async () => {
    const server = await serve(echoHeaders)
    const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds
    const jwt = (exp: number) => ['{}', JSON.stringify({ exp }), ''].map((part) => btoa(part)).join('.')
    const login = (config: Record<string, string>) =>
      apiFor(server, { user: { 'auth-provider': { name: 'oidc', config } } }).call('/x', headersSchema)
    const token = jwt(inSeconds(600))
    const issuer = { 'idp-issuer-url': 'https://issuer.invalid', 'refresh-token': 'planted-refresh-token' }
    expect((await login({ ...issuer, 'id-token': token }))['authorization']).toEqual([`Bearer ${token}`])
    for (const ended of [{ 'id-token': jwt(inSeconds(5)) }, { 'id-token': 'no.jwt' }, {}]) {
      await expect(login({ ...issuer, ...ended })).rejects.toMatchObject({
        fault: 'unauthenticated',
        message: 'The OIDC login of this context has ended.',
        mend: expect.stringContaining('kubectl'),
      })
    }
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
      if (seen.length % 2 === 1) res.writeHead(401).end(statusText(401, 'Unauthorized'))
      else res.end('{}')
    })
    const api = apiFor(server, { user: { exec: { apiVersion: 'client.authentication.k8s.io/v1', command } } })
    await api.call('/x', anything)
    expect(seen).toEqual(['Bearer t1', 'Bearer t2'])
  })

  test('of a plugin that are refused anew as well run it no more', async () => {
    const command = join(folder, 'get-token')
    await writeFile(command, `#!/bin/sh\necho run >> '${folder}/runs'\necho '{"status":{"token":"t"}}'\n`)
    await chmod(command, 0o755)
    const server = await serve((_req, res) => void res.writeHead(401).end(statusText(401, 'Unauthorized')))
    const api = apiFor(server, { user: { exec: { apiVersion: 'client.authentication.k8s.io/v1', command } } })
    for (let call = 0; call < 5; call++)
      await expect(api.call('/x', anything)).rejects.toMatchObject({ fault: 'unauthenticated' })
    expect(await readFile(join(folder, 'runs'), 'utf8')).toBe('run\nrun\n')
  })

  test('of a plugin are asked for with what the kubeconfig says of its cluster', async () => {
    const command = join(folder, 'get-token')
    const ca = join(folder, 'ca.pem')
    await writeFile(ca, 'a certificate')
    await writeFile(
      command,
      `#!/bin/sh\nprintf %s "$KUBERNETES_EXEC_INFO" > '${folder}/info'\necho '{"status":{"token":"t"}}'\n`,
    )
    await chmod(command, 0o755)
    const name = 'client.authentication.k8s.io/exec'
    const extensions = [
      { name: 'other', extension: 1 },
      { name, extension: { audience: 'shoot' } },
    ]
    const exec = { apiVersion: 'client.authentication.k8s.io/v1', command, provideClusterInfo: true }
    const access = { user: { exec }, cluster: { 'certificate-authority': ca, extensions } }
    // Only the plugin counts: the certificate is none.
    await apiFor('https://127.0.0.1:1', access)
      .call('/x', anything)
      .catch(() => undefined)
    expect(JSON.parse(await readFile(join(folder, 'info'), 'utf8')).spec.cluster).toMatchObject({
      'certificate-authority-data': btoa('a certificate'),
      config: { audience: 'shoot' },
    })
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
    const proxy = createServer()
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

  test('of the kubeconfig is gone through by what begins late', async () => {
    const server = await serveTls((_req, res) => void setTimeout(() => res.end('one\n'), 2_800))
    const proxy = await startProxy()
    const cluster = { 'certificate-authority-data': caData, 'proxy-url': `http://${proxy.url}` }
    const request = { signal: new AbortController().signal, timeoutMs: 2_000, beginsLate: true }
    const lines: string[] = []
    for await (const line of apiFor(server, { cluster }).lines('/log', request)) lines.push(line)
    expect(lines).toEqual(['one'])
    expect(proxy.seen.map(({ target }) => target)).toEqual([new URL(server).host])
  })

  test('of the kubeconfig may speak SOCKS, and keeps its tunnel too', async () => {
    const server = await serveTls((_req, res) => void res.end('{}'))
    const proxy = await startSocksProxy()
    const cluster = { 'certificate-authority-data': caData, 'proxy-url': `socks5://${proxy.url}` }
    const api = apiFor(server, { cluster })
    for (let call = 0; call < 5; call++) expect(await api.call('/x', anything)).toEqual({})
    expect(proxy.targets).toEqual([Number(new URL(server).port)])
  })

  test('that speaks no SOCKS, or is not there, is named as such', async () => {
    const silent = await serve((_req, res) => void res.end())
    for (const address of [new URL(silent).host, '127.0.0.1:9']) {
      const api = apiFor('https://k8s.example', { cluster: { 'proxy-url': `socks5://${address}` } })
      await expect(api.call('/x', anything)).rejects.toThrow('https://k8s.example is behind a proxy that refused.')
    }
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

test('a certificate that rotates gets new connections, and ends no stream', async () => {
  const keyPair = selfSigned()
  const [certFile, keyFile] = [join(folder, 'me.crt'), join(folder, 'me.key')]
  const write = async ({ certPem, keyPem }: typeof keyPair) => {
    await writeFile(certFile, certPem)
    await writeFile(keyFile, keyPem)
  }
  await write(keyPair)
  const sockets = new Set<unknown>()
  const server = await serveTls((req, res) => {
    sockets.add(req.socket)
    if (req.url === '/log') res.write('one\n')
    else res.end('{}')
  })
  const user = { 'client-certificate': certFile, 'client-key': keyFile }
  const api = apiFor(server, { user, cluster: { 'certificate-authority-data': caData } })
  const end = new AbortController()
  const log = api.lines('/log', { signal: end.signal })[Symbol.asyncIterator]()
  expect(await log.next()).toEqual({ done: false, value: 'one' })
  await api.call('/x', anything)
  await write(selfSigned())
  await api.call('/x', anything)
  await api.call('/x', anything)
  expect(sockets.size).toBe(3)
  const next = log.next()
  expect(
    await Promise.race([next.then(() => 'ended'), new Promise((resolve) => setTimeout(resolve, 200, 'goes on'))]),
  ).toBe('goes on')
  end.abort()
  expect(await next).toEqual({ done: true, value: undefined })
})

/** As much of RFC 1928 as somebody needs who connects without a login. */
async function startSocksProxy(): Promise<{ url: string; targets: number[] }> {
  const targets: number[] = []
  const proxy = createTcpServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', () => {
      socket.write(Buffer.from([5, 0]))
      socket.once('data', (request: Buffer) => {
        const port = request.readUInt16BE(request.length - 2)
        targets.push(port)
        const out = connect(port, '127.0.0.1', () => {
          socket.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]))
          socket.pipe(out).pipe(socket)
        })
        out.on('error', () => socket.destroy())
      })
    })
  })
  await once(proxy.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => void proxy.close())
  return { url: `127.0.0.1:${(proxy.address() as AddressInfo).port}`, targets }
}
