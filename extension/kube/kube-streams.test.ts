import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { createServer as createTcpServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { z } from 'zod'
import { apiFor, caData, serve, serveTls, statusText } from './api-setting.ts'

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

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
    const requests: IncomingMessage[] = []
    const server = await serve((req, res) => {
      res.write('one\n')
      requests.push(req)
    })
    const end = new AbortController()
    const lines: string[] = []
    for await (const line of apiFor(server).lines('/log', { signal: end.signal })) {
      lines.push(line)
      end.abort()
    }
    await vi.waitFor(() => expect(requests[0]?.destroyed).toBe(true))
    expect(lines).toEqual(['one'])
  })

  test('lives longer than its time to begin', async () => {
    const server = await serve((_req, res) => {
      res.write('one\n')
      setTimeout(() => res.end('two\n'), 2_800)
    })
    const { signal } = new AbortController()
    expect(await collect(apiFor(server).lines('/log', { signal, timeoutMs: 2_000 }))).toEqual(['one', 'two'])
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

describe('a stream that begins late', () => {
  const late = () => ({ signal: new AbortController().signal, timeoutMs: 2_000, beginsLate: true })
  const trusting = { cluster: { 'certificate-authority-data': caData } }

  test.each([
    ['http', serve],
    ['https', serveTls],
  ])('over %s is waited for beyond the limit, which is of the connection', async (_, begin) => {
    const server = await begin((_req, res) => void setTimeout(() => res.end('one\n'), 2_800))
    expect(await collect(apiFor(server, trusting).lines('/log', late()))).toEqual(['one'])
  })

  test('is not waited for where no connection comes to stand', async () => {
    const sockets: Socket[] = []
    const server = createTcpServer((socket) => void sockets.push(socket))
    onTestFinished(() => {
      server.close()
      for (const socket of sockets) socket.destroy()
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const address = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
    const begunAt = performance.now()
    await expect(collect(apiFor(address).lines('/log', late()))).rejects.toMatchObject({
      fault: 'unreachable',
      message: `${address} did not answer within 2 s.`,
    })
    expect(performance.now() - begunAt).toBeLessThan(8_000)
  })

  test('is not asked for over a kept connection, which may have died unseen', async () => {
    const sockets: Socket[] = []
    const server = await serve((req, res) => {
      sockets.push(req.socket)
      res.end('{}')
    })
    const api = apiFor(server)
    await api.call('/x', z.unknown())
    await collect(api.lines('/log', late()))
    await api.call('/x', z.unknown())
    expect(sockets[1]).not.toBe(sockets[0])
    expect(sockets[2]).toBe(sockets[0])
  })

  test('and is refused says why, also where the reason never comes to its end', async () => {
    const refused = await serve((_req, res) => void res.writeHead(400).end(statusText(400, 'no such container')))
    await expect(collect(apiFor(refused).lines('/log', late()))).rejects.toMatchObject({ message: 'no such container' })
    const halting = await serve((_req, res) => void res.writeHead(400).write('{'))
    await expect(collect(apiFor(halting).lines('/log', late()))).rejects.toMatchObject({ fault: 'unreachable' })
  })

  test('ends in silence by its signal before it began', async () => {
    const requests: IncomingMessage[] = []
    const server = await serve((req) => void requests.push(req))
    const end = new AbortController()
    const lines = collect(apiFor(server).lines('/log', { ...late(), signal: end.signal }))
    await vi.waitFor(() => expect(requests).toHaveLength(1))
    end.abort()
    expect(await lines).toEqual([])
    await vi.waitFor(() => expect(requests[0]?.destroyed).toBe(true))
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

  test('that a proxy cuts, be it within an event, ends as an ordinary one does', async () => {
    const server = await serve((_req, res) => {
      res.write(event('ADDED', { a: 1 }) + '{"type":"MODI')
      setTimeout(() => res.destroy(), 50)
    })
    const { signal } = new AbortController()
    expect(await collect(apiFor(server).watch('/x', { signal }))).toEqual([{ type: 'ADDED', object: { a: 1 } }])
  })

  test('that falls silent ends as an ordinary one does', async () => {
    const server = await serve((_req, res) => void res.write(event('ADDED', {})))
    const { signal } = new AbortController()
    const api = apiFor(server, { watchIdleMs: 200 })
    expect(await collect(api.watch('/x', { signal }))).toEqual([{ type: 'ADDED', object: {} }])
  })
})
