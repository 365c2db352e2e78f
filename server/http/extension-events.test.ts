import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { WEBVIEW_EVENTS_PATH } from '#contract/extension-api.ts'
import { revokeApiKey } from '#server/domain/api-keys/index.ts'
import { endEditor, listEditors } from '#server/domain/editors/index.ts'
import { publishChange } from '#server/platform/events.ts'
import { openPage } from '#test/context/extension-client.ts'
import { askApi, startApi } from '#test/context/start-api.ts'
import type { TestApi } from '#test/context/start-api.ts'
import { TestCluster } from '#test/context/test-cluster.ts'
import { clusterMetadata } from '#test/context/test-collections.ts'
import { connectEditor, ownerInBrowser } from '#test/context/test-editor.ts'
import type { Person } from '#test/context/test-editor.ts'
import { TestWorld } from '#test/context/test-world.ts'
import { timeAwake } from '#test/stack/time-awake.ts'
import type { TestTeam } from '#test/context/test-world.ts'

let world: TestWorld
let apis: TestApi[]
let team: TestTeam
let person: Person
let cluster: TestCluster
let page: string
let streams: Stream[]
beforeAll(async () => {
  world = await TestWorld.create()
  apis = [await startApi(world), await startApi(world)]
})
afterAll(async () => {
  await Promise.all(apis.map((api) => api.close()))
  await world.close()
})
beforeEach(async () => {
  streams = []
  team = await world.createTeam({ plan: 'pro' })
  person = await ownerInBrowser(world, team)
  cluster = await TestCluster.register(world, team)
  const { accessToken } = await connectEditor(world, person)
  page = await openPage(oneApi(), accessToken, reference())
})
afterEach(() => {
  for (const stream of streams) stream.close()
})

type Stream = { text: () => string; ended: Promise<void>; close: () => void }

function oneApi(): TestApi {
  const [api] = apis
  if (!api) throw new Error('No API runs.')
  return api
}

const reference = () => ({ teamId: team.id, clusterId: cluster.clusterId })
const pathOf = (ids: { teamId: string; clusterId: string }) => `${WEBVIEW_EVENTS_PATH}?${new URLSearchParams(ids)}`

async function listen(api = oneApi(), token = page): Promise<Stream> {
  const closing = new AbortController()
  const headers = { authorization: `Bearer ${token}` }
  const answer = await fetch(api.url + pathOf(reference()), { headers, signal: closing.signal })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toContain('text/event-stream')
  expect(answer.headers.get('cache-control')).toContain('no-store')
  let text = ''
  const ended = (async () => {
    for await (const chunk of answer.body ?? []) text += Buffer.from(chunk).toString()
  })().catch(() => undefined)
  const stream = { text: () => text, ended, close: () => closing.abort() }
  streams.push(stream)
  await expect.poll(() => text).toMatch(/^retry: \d+\n\n/)
  return stream
}

/** Each of the processes has a stream; all of them end within 5 s of `cause`, having said to read again. */
async function allEndWithin5Seconds(cause: () => Promise<unknown>): Promise<void> {
  const open = await Promise.all(apis.map((api) => listen(api)))
  const elapsedMs = await timeAwake(async () => {
    await cause()
    await Promise.all(open.map(({ ended }) => ended))
  })
  expect(elapsedMs).toBeLessThan(5_000)
  for (const { text } of open) expect(text()).toContain('event: read-again')
}

describe('the stream of a page', () => {
  test('tells of its cluster, in every process, and of no other one', async () => {
    const other = await TestCluster.register(world, team)
    const open = await Promise.all(apis.map((api) => listen(api)))
    await other.beat()
    await cluster.beat()
    await cluster.collect(clusterMetadata())
    const told = `event: change\ndata: ${JSON.stringify({ teamId: team.id, kind: 'cluster', id: cluster.rowId })}\n\n`
    for (const { text } of open) {
      await expect.poll(() => text().split(told).length).toBe(3)
      expect(text()).not.toContain(other.rowId)
    }
  })

  test('is refused without a token, for another cluster, to strangers, and without a cluster', async () => {
    const other = await TestCluster.register(world, team)
    const others = await world.createTeam({ plan: 'pro' })
    const stranger = await connectEditor(world, await ownerInBrowser(world, others))
    const status = async (path: string, key?: string) =>
      (await askApi(oneApi(), path, key === undefined ? {} : { key })).status
    expect(await status(pathOf(reference()))).toBe(401)
    expect(await status(pathOf(reference()), cluster.apiKey.key)).toBe(401)
    expect(await status(pathOf({ ...reference(), clusterId: other.clusterId }), page)).toBe(404)
    expect(await status(pathOf(reference()), stranger.accessToken)).toBe(404)
    expect(await status(WEBVIEW_EVENTS_PATH, page)).toBe(400)
  })

  test('ends when the key of the cluster is revoked, and is not opened again until it has another', async () => {
    const end = () => revokeApiKey(world.context(team.owner), { teamId: team.id, id: cluster.apiKey.id })
    await allEndWithin5Seconds(end)
    expect((await askApi(oneApi(), pathOf(reference()), { key: page })).status).toBe(403)
  })

  test('ends when its editor is ended', async () => {
    const [editor] = await listEditors(world.context(person))
    await allEndWithin5Seconds(() => endEditor(world.context(person), { id: editor?.id ?? '' }))
    expect((await askApi(oneApi(), pathOf(reference()), { key: page })).status).toBe(401)
  })

  test('ends when the plan has ended, and when the person has left, though nothing tells of it', async () => {
    await allEndWithin5Seconds(() => world.db.team.update({ where: { id: team.id }, data: { plan: 'free' } }))
    expect((await askApi(oneApi(), pathOf(reference()), { key: page })).status).toBe(402)
    await world.db.team.update({ where: { id: team.id }, data: { plan: 'pro' } })
    await allEndWithin5Seconds(() => world.db.membership.deleteMany({ where: { userId: person.userId } }))
  })

  test('ends with its token', async () => {
    await allEndWithin5Seconds(async () => world.clock.advance({ minutes: 15 }))
    expect((await askApi(oneApi(), pathOf(reference()), { key: page })).status).toBe(401)
  })

  test('goes on when another key of the team is revoked', async () => {
    const other = await TestCluster.register(world, team)
    const stream = await listen()
    await revokeApiKey(world.context(team.owner), { teamId: team.id, id: other.apiKey.id })
    await publishChange(world.db, { teamId: team.id, kind: 'team', id: team.id })
    await expect.poll(stream.text).toContain('"kind":"team"')
    expect(stream.text()).not.toContain('read-again')
  })

  test('is one of four at most for each token, and a place is free again when one ends', async () => {
    const open = await Promise.all([listen(), listen(), listen(), listen()])
    const fifth = await askApi(oneApi(), pathOf(reference()), { key: page })
    expect(fifth.status).toBe(429)
    expect(fifth.headers.get('retry-after')).toBe('5')
    open[0]?.close()
    await expect
      .poll(async () => {
        const again = await fetch(oneApi().url + pathOf(reference()), { headers: { authorization: `Bearer ${page}` } })
        await again.body?.cancel()
        return again.status
      })
      .toBe(200)
  })

  test('ends with its process', async () => {
    const api = await startApi(world)
    const stream = await listen(api)
    await api.close()
    await stream.ended
    expect(stream.text()).toMatch(/^retry:/)
  })
})
