import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventListSchema } from '#contract/event-query.ts'
import { EgressStore } from './egress/egress-store.ts'
import { EventStore } from './events/event-store.ts'

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url))
/** More than a pipe or a pair of sockets takes while nobody reads. */
const EVENTS = 2_000
const LONG_BODY = 'x'.repeat(2_000_000)
const listEvents = ['query', 'events', 'list', `--limit=${EVENTS}`, '--format=json']
const showRequest = ['egress', 'show', '1']

let directory: string
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'kube9-cli-'))
  const events = new EventStore(directory)
  events.save(Array.from({ length: EVENTS }, (_, index) => eventOf(index)))
  events.close()
  const egress = new EgressStore(directory)
  egress.add({ sentAt: new Date(), server: 'https://api.example', method: 'POST', path: '/collect', body: LONG_BODY })
  egress.close()
})
afterAll(() => rmSync(directory, { recursive: true }))

function eventOf(index: number) {
  return {
    id: String(index),
    event_type: 'cluster' as const,
    severity: 'warning' as const,
    title: 'BackOff: web-1',
    description: 'x'.repeat(1_000),
    object_kind: 'Pod',
    object_namespace: 'shop',
    object_name: 'web-1',
    metadata: { reason: 'BackOff' },
    created_at: new Date(index * 1_000).toISOString(),
  }
}

function run(args: string[]) {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { ...process.env, EVENTS_DIRECTORY: directory },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return { child, closed: once(child, 'close'), errors: text(child.stderr) }
}

describe('an answer that is longer than a pipe', () => {
  /** Begins to read when the answer has come as far as the pipe takes it. */
  async function readLate(args: string[]): Promise<string> {
    const { child, closed } = run(args)
    await once(child.stdout, 'readable')
    const answer = await text(child.stdout)
    expect((await closed)[0]).toBe(0)
    return answer
  }

  test('reaches whoever reads it late, event by event', async () => {
    const { events, pagination } = eventListSchema.parse(JSON.parse(await readLate(listEvents)))
    expect(pagination).toMatchObject({ total: EVENTS, returned: EVENTS })
    expect(events.map(({ id }) => id)).toEqual(Array.from({ length: EVENTS }, (_, index) => String(EVENTS - 1 - index)))
  })

  test('reaches whoever reads it late, byte by byte', async () => {
    expect((await readLate(showRequest)) === LONG_BODY).toBe(true)
  })

  test.each([[listEvents], [showRequest]])('that nobody reads to its end is no fault: %s', async (args) => {
    const { child, closed, errors } = run(args)
    await once(child.stdout, 'readable')
    child.stdout.destroy()
    expect([(await closed)[0], (await errors).replaceAll(/^.*Warning.*\n/gm, '')]).toEqual([0, ''])
  })
})
