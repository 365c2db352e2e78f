import type { Socket } from 'node:net'
import { text as readText } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { apiFor, serve, statusText } from './api-setting.ts'

const anything = z.unknown()

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
    expect(performance.now() - begunAt).toBeLessThan(5_000)
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

  test('whose connection breaks in the middle is made again, and one that writes is not', async () => {
    let calls = 0
    const server = await serve((_req, res) => {
      calls += 1
      if (calls % 3 !== 0) res.write('{"a":', () => res.destroy())
      else res.end('{"a":1}')
    })
    expect(await apiFor(server).call('/x', anything)).toEqual({ a: 1 })
    expect(calls).toBe(3)
    await expect(apiFor(server).call('/x', anything, { method: 'POST', body: {} })).rejects.toThrow(
      /broke the connection/,
    )
    expect(calls).toBe(4)
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
    const server = await serve((_req, res) => void res.writeHead(code).end(statusText(code, message)))
    await expect(apiFor(server).call('/x', anything)).rejects.toMatchObject({ status: code, ...error })
  })

  test.each([
    ['in the namespace "shop"', 'in the namespace shop', 'Role of the namespace shop'],
    ['at the cluster scope', 'in the whole cluster', 'ClusterRole'],
  ])('that is forbidden names the rule that is missing %s', async (scope, where, role) => {
    const message = `deployments.apps is forbidden: User "me" cannot list resource "deployments" in API group "apps" ${scope}`
    const server = await serve((_req, res) => void res.writeHead(403).end(statusText(403, message)))
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
    const server = await serve((_req, res) => void res.writeHead(500).end(statusText(500, 'no')))
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
