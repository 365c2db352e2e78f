import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ChangeStream } from './change-stream.ts'

const reference = { teamId: '0197a0f0-0000-7000-8000-000000000001', clusterId: `cls_${'a'.repeat(32)}` }
const encoder = new TextEncoder()

/** A stream whose answers are this test's. */
function listen(status = 200) {
  const asked: { url: string; signal: AbortSignal | null | undefined }[] = []
  const events: string[] = []
  const bodies: ReadableStreamDefaultController<Uint8Array>[] = []
  const stream = new ChangeStream({
    reference,
    onEvent: ({ event }) => void events.push(event),
    fetch: async (url, { signal }) => {
      asked.push({ url, signal })
      const body = new ReadableStream<Uint8Array>({
        start: (controller) => {
          bodies.push(controller)
          signal?.addEventListener('abort', () => controller.error(signal.reason))
        },
      })
      return new Response(body, { status })
    },
  })
  stream.resume()
  const say = async (text: string) => {
    bodies.at(-1)?.enqueue(encoder.encode(text))
    await vi.advanceTimersByTimeAsync(0)
  }
  return { stream, asked, events, bodies, say }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('the stream of changes', () => {
  it('tells when it opens, since nobody heard what came before, and then of each notice', async () => {
    const { stream, asked, events, say } = listen()
    await vi.advanceTimersByTimeAsync(0)
    expect(stream.state.get()).toBe('live')
    await say('event: change\ndata: {}\n\nevent: read-again\ndata: {}\n\n')
    expect(events).toEqual(['opened', 'change', 'read-again'])
    expect(asked[0]?.url).toBe(`/v1/extension/events?teamId=${reference.teamId}&clusterId=${reference.clusterId}`)
  })

  it('comes back when it was ended, and when it falls silent for longer than the server ever is', async () => {
    const { stream, asked, events, bodies, say } = listen()
    await vi.advanceTimersByTimeAsync(12_000)
    bodies[0]?.close()
    await vi.advanceTimersByTimeAsync(1_300)
    expect([asked.length, stream.state.get()]).toEqual([2, 'live'])
    await vi.advanceTimersByTimeAsync(30_000)
    await say(': still here\n\n')
    await vi.advanceTimersByTimeAsync(30_000)
    expect(asked).toHaveLength(2)
    await vi.advanceTimersByTimeAsync(20_000)
    expect(asked).toHaveLength(3)
    expect(events).toEqual(['opened', 'opened', 'opened'])
  })

  it('waits longer and longer where it is refused, and says that it is away', async () => {
    const { stream, asked, events } = listen(403)
    await vi.advanceTimersByTimeAsync(10 * 60_000)
    expect(stream.state.get()).toBe('away')
    expect(events).toEqual([])
    // Half of 30 s on the average, and never back to back.
    expect(asked.length).toBeGreaterThan(20)
    expect(asked.length).toBeLessThan(120)
  })

  it('ends at once when it is paused, and asks for nothing until it goes on', async () => {
    const { stream, asked } = listen()
    await vi.advanceTimersByTimeAsync(0)
    stream.pause()
    await vi.advanceTimersByTimeAsync(600_000)
    expect([asked.length, asked[0]?.signal?.aborted, stream.state.get()]).toEqual([1, true, 'paused'])
    stream.resume()
    await vi.advanceTimersByTimeAsync(0)
    expect([asked.length, stream.state.get()]).toEqual([2, 'live'])
  })
})
