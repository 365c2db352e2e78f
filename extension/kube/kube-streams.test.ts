import type { IncomingMessage } from 'node:http'
import { describe, expect, test, vi } from 'vitest'
import { apiFor, serve } from './api-setting.ts'

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
