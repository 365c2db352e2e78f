import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { HostMessage } from '#contract/webview-protocol.ts'
import type { Host } from '../bridge/host.ts'
import { NameBook } from './name-book.ts'
import { labelOf, matchesSearch } from './names.ts'

const SALT = `salt_${'a'.repeat(16)}`
const OTHER_SALT = `salt_${'b'.repeat(16)}`
const POD = `pod-${'1'.repeat(24)}`
const NODE = `node-${'2'.repeat(24)}`

function open() {
  const posted: unknown[] = []
  let hear: (message: HostMessage) => void = () => undefined
  const host: Host = {
    post: (message) => void posted.push(message),
    listen: (listener) => {
      hear = listener
      return () => undefined
    },
  }
  const book = new NameBook(host)
  const names = { saltId: SALT, nameOf: (pseudonym: string) => book.nameOf(SALT, pseudonym) }
  return { book, names, posted, hear: (message: HostMessage) => hear(message) }
}

const part = (names: Record<string, string>, done: boolean, saltId = SALT): HostMessage => ({
  v: 1,
  type: 'names',
  saltId,
  done,
  names: Object.fromEntries(Object.entries(names).map(([key, name]) => [key, { namespace: null, name }])),
})

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('the names under a salt', () => {
  it('are asked for once, and again for a later collection', () => {
    const { book, posted } = open()
    book.want(SALT, '2026-11-26T10:00:00Z')
    book.want(SALT, '2026-11-26T10:00:00Z')
    book.want(SALT, '2026-11-26T09:00:00Z')
    expect(posted).toEqual([{ type: 'names-wanted', saltId: SALT }])
    book.want(SALT, '2026-11-26T11:00:00Z')
    expect(posted).toHaveLength(2)
  })

  it('are put in as their parts arrive, some at a time, and the rest stays pseudonymous', async () => {
    const { book, names, hear } = open()
    book.want(SALT, '2026-11-26T10:00:00Z')
    const before = book.snapshot.get()
    hear(part({ [POD]: 'checkout-7d9f' }, false))
    expect(book.snapshot.get()).toBe(before)
    await vi.advanceTimersByTimeAsync(200)
    expect(book.snapshot.get()).not.toBe(before)
    expect(labelOf(names, POD)).toEqual({ text: 'checkout-7d9f', real: true })
    expect(labelOf(names, NODE)).toEqual({ text: 'node-22222222…', real: false })
    hear(part({ [NODE]: 'worker-1' }, true))
    expect(labelOf(names, POD)).toEqual({ text: 'checkout-7d9f', real: true })
    expect(labelOf(names, NODE)).toEqual({ text: 'worker-1', real: true })
    expect(book.snapshot.get().progress.get(SALT)).toEqual({ phase: 'known' })
  })

  it('are not taken for a salt that nobody asked for, nor from one salt for another', () => {
    const { book, hear } = open()
    hear(part({ [POD]: 'uninvited' }, true))
    expect(book.nameOf(SALT, POD)).toBeUndefined()
    book.want(SALT, '2026-11-26T10:00:00Z')
    book.want(OTHER_SALT, '2026-11-26T10:00:00Z')
    hear(part({ [POD]: 'mine' }, true))
    expect(book.nameOf(OTHER_SALT, POD)).toBeUndefined()
  })

  it('are asked for again after a refusal, when a person wants that', () => {
    const { book, posted, hear } = open()
    book.want(SALT, '2026-11-26T10:00:00Z')
    hear({ v: 1, type: 'names-refused', saltId: SALT, refusal: { reason: 'unreachable' } })
    expect(book.snapshot.get().progress.get(SALT)).toEqual({ phase: 'refused', refusal: { reason: 'unreachable' } })
    book.askAgain()
    expect(posted).toHaveLength(2)
  })

  it('stay refused when the refusal comes right after some of them, and those are shown', async () => {
    const { book, names, posted, hear } = open()
    book.want(SALT, '2026-11-26T10:00:00Z')
    hear(part({ [POD]: 'checkout-7d9f' }, false))
    hear({ v: 1, type: 'names-refused', saltId: SALT, refusal: { reason: 'unreachable' } })
    const refused = { phase: 'refused', refusal: { reason: 'unreachable' } }
    await vi.advanceTimersByTimeAsync(1_000)
    expect(book.snapshot.get().progress.get(SALT)).toEqual(refused)
    expect(labelOf(names, POD)).toEqual({ text: 'checkout-7d9f', real: true })
    book.askAgain()
    expect(posted).toHaveLength(2)
  })

  it('under one salt are shown in their time, whatever comes under another', async () => {
    const { book, hear } = open()
    book.want(SALT, '2026-11-26T10:00:00Z')
    book.want(OTHER_SALT, '2026-11-26T10:00:00Z')
    hear(part({ [POD]: 'checkout-7d9f' }, false))
    await vi.advanceTimersByTimeAsync(150)
    hear(part({ [NODE]: 'worker-1' }, false, OTHER_SALT))
    const before = book.snapshot.get()
    await vi.advanceTimersByTimeAsync(50)
    expect(book.snapshot.get()).not.toBe(before)
  })

  it('are counted as shown until nothing shows them any more', () => {
    const { book } = open()
    const leave = [book.want(SALT, '2026-11-26T10:00:00Z'), book.want(SALT, '2026-11-26T10:00:00Z')]
    leave[0]?.()
    expect([...book.snapshot.get().shown]).toEqual([SALT])
    leave[1]?.()
    expect([...book.snapshot.get().shown]).toEqual([])
  })

  it('are found by name and by pseudonym, whatever the case', () => {
    const { book, names, hear } = open()
    book.want(SALT, '2026-11-26T10:00:00Z')
    hear(part({ [POD]: 'Checkout-7d9f' }, true))
    expect(matchesSearch(names, POD, 'checkout')).toBe(true)
    expect(matchesSearch(names, POD, 'pod-1111')).toBe(true)
    expect(matchesSearch(names, POD, '  ')).toBe(true)
    expect(matchesSearch(names, POD, 'payments')).toBe(false)
  })
})
