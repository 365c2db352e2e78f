import { afterEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { follow } from './follow.ts'
import type { KubeApi, KubeRequest, WatchEvent } from './kube-api.ts'
import { KubeError } from './kube-error.ts'

const item = z.object({ metadata: z.object({ name: z.string(), resourceVersion: z.string() }) })
const object = (name: string, version: string) => ({ metadata: { name, resourceVersion: version } })

/** An API whose lists and watches are written down beforehand; the last watch stays open. */
class ScriptedApi implements KubeApi {
  readonly asked: string[] = []
  readonly #lists: (object | KubeError)[]
  readonly #watches: (WatchEvent | KubeError)[][]

  constructor(lists: (object | KubeError)[], watches: (WatchEvent | KubeError)[][] = []) {
    this.#lists = lists
    this.#watches = watches
  }

  async call<T>(_path: string, schema: z.ZodType<T>): Promise<T> {
    this.asked.push('list')
    const answer = this.#lists.shift()
    if (answer instanceof KubeError) throw answer
    return schema.parse(answer)
  }

  lines(): AsyncIterable<string> {
    throw new Error('not asked for')
  }

  async *watch(_path: string, { query, signal }: KubeRequest & { signal: AbortSignal }): AsyncIterable<WatchEvent> {
    this.asked.push(`watch ${String(query?.['resourceVersion'])}`)
    const events = this.#watches.shift()
    for (const event of events ?? []) {
      if (event instanceof KubeError) throw event
      yield event
    }
    if (!events) await new Promise((resolve) => signal.addEventListener('abort', resolve))
  }
}

function start(api: ScriptedApi) {
  const end = new AbortController()
  const seen: string[] = []
  const following = {
    path: '/x',
    query: {},
    item,
    timeoutMs: 1000,
    onList: (items: z.infer<typeof item>[]) => seen.push(`list ${items.map(({ metadata }) => metadata.name).join()}`),
    onChange: (type: string, { metadata }: z.infer<typeof item>) => seen.push(`${type} ${metadata.name}`),
    onFault: ({ fault }: KubeError) => seen.push(`fault ${fault}`),
  }
  const over = follow(api, following, end.signal)
  ends.push(() => end.abort())
  return { seen, over, end: () => end.abort() }
}

const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0)) end()
  vi.useRealTimers()
})

const list = (version: string, ...items: object[]) => ({ metadata: { resourceVersion: version }, items })

describe('following', () => {
  test('lists, then watches from there, and each watch from where the last one was', async () => {
    vi.useFakeTimers()
    const bookmark: WatchEvent = { type: 'BOOKMARK', object: { metadata: { resourceVersion: '9' } } }
    const api = new ScriptedApi(
      [list('5', object('a', '3'))],
      [[{ type: 'MODIFIED', object: object('a', '7') }, bookmark]],
    )
    const { seen } = start(api)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(seen).toEqual(['list a', 'MODIFIED a'])
    expect(api.asked).toEqual(['list', 'watch 5', 'watch 9'])
  })

  test('begins anew when it grew too old', async () => {
    const api = new ScriptedApi([list('5'), list('8', object('b', '8'))], [[new KubeError('expired', 'too old')]])
    const { seen } = start(api)
    await vi.waitFor(() => expect(seen).toEqual(['list ', 'list b']))
    await vi.waitFor(() => expect(api.asked).toEqual(['list', 'watch 5', 'list', 'watch 8']))
  })

  test('tells a fault, and tries again later and later', async () => {
    vi.useFakeTimers()
    const away = () => new KubeError('unreachable', 'away')
    const api = new ScriptedApi([away(), away(), away(), list('5')])
    const { seen } = start(api)
    await vi.advanceTimersByTimeAsync(0)
    expect(seen).toEqual(['fault unreachable'])
    await vi.advanceTimersByTimeAsync(1_300)
    expect(seen.length).toBe(2)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(seen.at(-1)).toBe('list ')
  })

  test('a refused credential ends it: no login window opens by itself', async () => {
    const api = new ScriptedApi([new KubeError('unauthenticated', 'no')])
    const { seen, over } = start(api)
    await over
    expect([seen, api.asked]).toEqual([['fault unauthenticated'], ['list']])
  })

  test('what is forbidden is asked for again after a minute', async () => {
    vi.useFakeTimers()
    const api = new ScriptedApi([new KubeError('forbidden', 'no'), list('5', object('a', '5'))])
    const { seen } = start(api)
    await vi.advanceTimersByTimeAsync(40_000)
    expect(api.asked.length).toBe(1)
    await vi.advanceTimersByTimeAsync(40_000)
    expect(seen).toEqual(['fault forbidden', 'list a'])
  })

  test('what fails after it was forbidden is asked for again at once, since who forbade was there', async () => {
    vi.useFakeTimers()
    const forbidden = () => new KubeError('forbidden', 'no')
    const api = new ScriptedApi([
      forbidden(),
      forbidden(),
      forbidden(),
      new KubeError('unreachable', 'away'),
      list('5'),
    ])
    const { seen } = start(api)
    while (seen.length < 4) await vi.advanceTimersByTimeAsync(1_000)
    await vi.advanceTimersByTimeAsync(1_300)
    expect(seen.slice(-2)).toEqual(['fault unreachable', 'list '])
  })

  test('watches that end at once are no storm', async () => {
    vi.useFakeTimers()
    const api = new ScriptedApi(
      [list('5')],
      Array.from({ length: 100 }, () => []),
    )
    start(api)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(api.asked.length).toBeLessThan(16)
  })
})
