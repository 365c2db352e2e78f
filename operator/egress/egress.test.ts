import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createLog } from '../log.ts'
import { EgressRecorder } from './egress-recorder.ts'
import { EgressStore } from './egress-store.ts'
import { listEgress, readEgress } from './read-egress.ts'

let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'kube9-egress-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const sentAt = new Date('2026-11-26T12:00:00.000Z')
const request = (path: string, body: string) => ({ sentAt, server: 'https://api.example', method: 'POST', path, body })

describe('the record of what left', () => {
  let server: Server
  let received: Buffer[]
  let lines: string
  beforeEach(async () => {
    ;[received, lines] = [[], '']
    server = createServer((req, res) => {
      void buffer(req).then((body) => {
        received.push(body)
        if (req.url === '/cut') req.socket.destroy()
        else res.writeHead(202).end('{}')
      })
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
  })
  afterEach(() => server.close())

  const log = createLog('error', (line) => (lines += line))
  const url = (path: string) => new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`)

  test('holds each body as the server received it, byte for byte, and no header field', async () => {
    const recorder = new EgressRecorder(folder, log)
    const body = JSON.stringify({ text: 'ü – 𝄞 "quoted"', number: 1.0 })
    await recorder.send(url('/trpc/operator/collect'), {
      method: 'POST',
      body,
      headers: { authorization: 'Bearer kdy_secret', 'kube9-cluster-token': 'token-of-the-cluster' },
    })
    const [entry] = listEgress(folder, 10)
    expect(entry).toMatchObject({ method: 'POST', path: '/trpc/operator/collect', status: 202, fault: null })
    expect(readEgress(folder, entry?.id ?? 0)?.body).toEqual(received[0])
    expect(JSON.stringify([listEgress(folder, 10), readEgress(folder, 1)])).not.toMatch(/kdy_|token-of/)
    recorder.close()
  })

  test('holds what got no answer, too', async () => {
    const recorder = new EgressRecorder(folder, log)
    await expect(recorder.send(url('/cut'), { method: 'POST', body: 'sent' })).rejects.toThrow()
    expect(listEgress(folder, 1)).toMatchObject([
      { path: '/cut', status: null, fault: expect.stringMatching(/ECONNRESET/) },
    ])
    recorder.close()
  })

  test('that cannot be written costs the record, not the request', async () => {
    writeFileSync(join(folder, 'file'), '')
    const recorder = new EgressRecorder(join(folder, 'file', 'below'), log)
    expect(await recorder.send(url('/'), { method: 'GET' })).toMatchObject({ status: 202 })
    expect(lines).toContain('cannot be recorded')
  })
})

describe('the store', () => {
  test('keeps the last of each path, so that heartbeats do not push out collections', () => {
    const store = new EgressStore(folder, { maxPerPath: 3, maxBytes: 1_000_000 })
    store.add(request('/collect', 'kept'))
    for (let at = 0; at < 10; at++) store.add(request('/heartbeat', String(at)))
    expect(listEgress(folder, 100).map(({ path }) => path)).toEqual([
      '/heartbeat',
      '/heartbeat',
      '/heartbeat',
      '/collect',
    ])
    store.close()
  })

  test('keeps no more bytes than it may, the newest of them', () => {
    const store = new EgressStore(folder, { maxPerPath: 100, maxBytes: 1_000 })
    for (let at = 0; at < 10; at++) store.add(request('/collect', 'x'.repeat(300)))
    expect(listEgress(folder, 100).map(({ id }) => id)).toEqual([10, 9, 8])
    store.close()
  })

  test('goes on counting after a restart, and a number is never used twice', () => {
    for (const at of [1, 2]) {
      const store = new EgressStore(folder, { maxPerPath: 1, maxBytes: 1_000 })
      expect(store.add(request('/collect', 'one'))).toBe(at)
      store.close()
    }
    expect(readEgress(folder, 1)).toBeNull()
  })
})
