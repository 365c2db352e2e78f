import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { z } from 'zod'
import type { KubeApi, KubeRequest } from '../kube/kube-api.ts'
import { KubeError } from '../kube/kube-error.ts'
import { namespaceKind } from './kinds.ts'
import { ObjectList } from './object-list.ts'

const PAGE = 500
const TOO_OLD = new KubeError('expired', 'Too old.', { status: 410 })
const BROKEN = new KubeError('unreachable', 'broke the connection')

/** Pages of a list of so many, each of which is answered when a test says so. */
class Pages {
  readonly asked: number[] = []
  readonly #waiting: { answer: () => void; refuse: (error: Error) => void }[] = []
  #count: number

  constructor(count: number) {
    this.#count = count
  }

  readonly api: KubeApi = {
    call: <T>(_path: string, schema: z.ZodType<T>, request: KubeRequest = {}) =>
      new Promise<T>((resolve, reject) => {
        const from = Number(request.query?.['continue'] ?? 0)
        this.asked.push(from)
        this.#waiting.push({ answer: () => resolve(schema.parse(this.#page(from))), refuse: reject })
      }),
    lines: () => {
      throw new Error('A list reads no lines.')
    },
    watch: () => {
      throw new Error('A list watches nothing.')
    },
  }

  grow(count: number): void {
    this.#count = count
  }

  async answer(): Promise<void> {
    await turn()
    this.#next().answer()
    await turn()
  }

  async refuse(error: Error): Promise<void> {
    await turn()
    this.#next().refuse(error)
    await turn()
  }

  async answerAll(): Promise<void> {
    for (await turn(); this.#waiting.length > 0; await turn()) this.#next().answer()
  }

  #next() {
    const first = this.#waiting.shift()
    if (!first) throw new Error('No page was asked for.')
    return first
  }

  #page(from: number): object {
    const to = Math.min(from + PAGE, this.#count)
    const names = Array.from({ length: to - from }, (_, at) => `object-${from + at}`)
    return {
      metadata: to < this.#count ? { continue: String(to), remainingItemCount: this.#count - to } : {},
      columnDefinitions: [{ name: 'Name' }],
      rows: names.map((name) => ({ cells: [name], object: { metadata: { name } } })),
    }
  }
}

async function loaded(count: number): Promise<{ pages: Pages; list: ObjectList }> {
  const pages = new Pages(count)
  const list = new ObjectList(pages.api, namespaceKind, null)
  const work = list.load().then(() => list.loadMore(20))
  while (list.readAt === null || list.hasMore) await pages.answer()
  await work
  return { pages, list }
}

test('a list that is read anew is whole at every moment, for whoever draws it meanwhile', async () => {
  const { pages, list } = await loaded(1_700)
  const reload = list.reload()
  const seen: number[] = []
  for (let page = 0; page < 4; page++) {
    seen.push(list.objects.length)
    expect(list.hasMore).toBe(false)
    await pages.answer()
  }
  await reload
  expect([...seen, list.objects.length]).toEqual([1_700, 1_700, 1_700, 1_700, 1_700])
})

test('a renewal that waited until more was loaded leaves what was loaded alone', async () => {
  const pages = new Pages(1_700)
  const list = new ObjectList(pages.api, namespaceKind, null)
  const load = list.load()
  await pages.answer()
  await load
  const more = list.loadMore(20)
  const renewal = list.renew()
  await pages.answerAll()
  await more
  expect(await renewal).toBe(false)
  expect(list.objects.length).toBe(1_700)
  expect(pages.asked).toEqual([0, 500, 1_000, 1_500])
})

test('a renewal says whether something is different', async () => {
  const { pages, list } = await loaded(3)
  const same = list.renew()
  await pages.answerAll()
  expect(await same).toBe(false)
  pages.grow(4)
  const grown = list.renew()
  await pages.answerAll()
  expect(await grown).toBe(true)
  expect(list.objects.length).toBe(4)
})

test('what broke while it was read anew keeps what was shown, and says the fault until it is mended', async () => {
  const { pages, list } = await loaded(1_700)
  const reload = list.reload()
  await pages.answer()
  await pages.refuse(BROKEN)
  await reload
  expect([list.objects.length, list.fault]).toEqual([1_700, BROKEN])
  const again = list.reload()
  await pages.answerAll()
  await again
  expect([list.objects.length, list.fault]).toEqual([1_700, null])
})

test('a page that broke keeps those before it, and the next try goes on there', async () => {
  const pages = new Pages(1_700)
  const list = new ObjectList(pages.api, namespaceKind, null)
  const work = list.load().then(() => list.loadMore(20))
  await pages.answer()
  await pages.answer()
  await pages.refuse(BROKEN)
  await work
  expect([list.objects.length, list.hasMore, list.fault]).toEqual([1_000, true, BROKEN])
  const more = list.loadMore(20)
  await pages.answerAll()
  await more
  expect([list.objects.length, list.fault]).toEqual([1_700, null])
  expect(pages.asked).toEqual([0, 500, 1_000, 1_000, 1_500])
})

test('a list that grew too old between two pages is read anew, as far as it was shown and a page more', async () => {
  const pages = new Pages(1_700)
  const list = new ObjectList(pages.api, namespaceKind, null)
  const work = list.load().then(() => list.loadMore(1))
  await pages.answer()
  await pages.refuse(TOO_OLD)
  await pages.answerAll()
  await work
  expect([list.objects.length, list.fault]).toEqual([1_000, null])
  expect(pages.asked).toEqual([0, 500, 0, 500])
})
