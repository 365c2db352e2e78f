import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createSession, createVerifiedAccount } from '#server/domain/accounts/index.ts'
import { LISTENER_NAME, publishChange } from '#server/platform/events.ts'
import { PortalBrowser } from '#scripts/demo/portal-browser.ts'
import { startTestPortal } from '#test/portal/start-test-portal.ts'
import type { TestPortal } from '#test/portal/start-test-portal.ts'
import { timeAwake } from '#test/stack/time-awake.ts'

let portal: TestPortal

beforeAll(async () => {
  portal = await startTestPortal()
})
afterAll(() => portal.stop())

type Person = { userId: string; teamId: string; browser: PortalBrowser }

async function person(email: string): Promise<Person> {
  const ctx = portal.contextFor({ kind: 'anonymous' })
  const { userId } = await createVerifiedAccount(ctx, { email, name: null })
  const { token } = await createSession(ctx, { userId, client: { userAgent: null } })
  const { teamId } = await portal.db.membership.findFirstOrThrow({ where: { userId } })
  const browser = new PortalBrowser(portal.url)
  browser.setCookie('kube9.session', token)
  return { userId, teamId, browser }
}

type Stream = { text: () => string; ended: Promise<void>; endedAlready: () => boolean; close: () => void }

async function listen({ browser, teamId }: Pick<Person, 'browser' | 'teamId'>): Promise<Stream> {
  const closing = new AbortController()
  const answer = await browser.fetch(`/api/events?team=${teamId}`, { signal: closing.signal })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toContain('text/event-stream')
  let text = ''
  let over = false
  const ended = (async () => {
    for await (const chunk of answer.body ?? []) text += Buffer.from(chunk).toString()
  })()
    .catch(() => undefined)
    .finally(() => (over = true))
  await expect.poll(() => text).toMatch(/^retry: \d+\n\n/)
  return { text: () => text, ended, endedAlready: () => over, close: () => closing.abort() }
}

describe('event stream', () => {
  test('tells of changes in its team, and of no other team’s', async () => {
    const [ada, grace] = [await person('ada@example.com'), await person('grace@example.com')]
    const stream = await listen(ada)
    const [mine, theirs] = [randomUUID(), randomUUID()]
    await publishChange(portal.db, { teamId: grace.teamId, kind: 'cluster', id: theirs })
    await publishChange(portal.db, { teamId: ada.teamId, kind: 'cluster', id: mine })
    await expect
      .poll(stream.text)
      .toContain(`event: change\ndata: ${JSON.stringify({ teamId: ada.teamId, kind: 'cluster', id: mine })}\n\n`)
    expect(stream.text()).not.toContain(theirs)
    stream.close()
    await stream.ended
  })

  test('is refused to nobody, to a stranger and without a team', async () => {
    const [ada, eve] = [await person('ada2@example.com'), await person('eve@example.com')]
    expect((await new PortalBrowser(portal.url).fetch(`/api/events?team=${ada.teamId}`)).status).toBe(401)
    expect((await eve.browser.fetch(`/api/events?team=${ada.teamId}`)).status).toBe(404)
    expect((await ada.browser.fetch('/api/events')).status).toBe(400)
  })

  test('is opened by GET alone, and by one browser only so often', async () => {
    const ada = await person('ada-many@example.com')
    const address = `/api/events?team=${ada.teamId}`
    // As many as would take every place of the browser, if one of them took any.
    for (let count = 0; count < 20; count++) {
      expect((await ada.browser.fetch(address, { method: 'HEAD' })).status).toBe(405)
    }
    const streams = []
    for (let count = 0; count < 12; count++) streams.push(await listen(ada))
    const refused = await ada.browser.fetch(address)
    expect([refused.status, Number(refused.headers.get('retry-after'))]).toEqual([429, 5])
    const [first] = streams
    first?.close()
    await expect
      .poll(async () => {
        const again = await ada.browser.fetch(address)
        await again.body?.cancel()
        return again.status
      })
      .toBe(200)
    for (const stream of streams) stream.close()
  })

  test('ends with the next change once the session has ended, and tells nothing of it', async () => {
    const ada = await person('ada3@example.com')
    const stream = await listen(ada)
    await portal.db.session.deleteMany({ where: { userId: ada.userId } })
    const id = randomUUID()
    await publishChange(portal.db, { teamId: ada.teamId, kind: 'cluster', id })
    await stream.ended
    expect(stream.text()).not.toContain(id)
  })

  test(
    'ends within 5 s once the person has left the team, even when nothing changes',
    { timeout: 30_000 },
    async () => {
      const ada = await person('ada4@example.com')
      const stream = await listen(ada)
      const elapsedMs = await timeAwake(async () => {
        await portal.db.membership.deleteMany({ where: { userId: ada.userId } })
        await stream.ended
      })
      expect(elapsedMs).toBeLessThan(5_000)
    },
  )

  test('outlives a broken connection to the database, and says to read again', { timeout: 40_000 }, async () => {
    const ada = await person('ada5@example.com')
    const stream = await listen(ada)
    // On a busy machine it may be away by itself just now.
    const breakConnection = () => portal.db.$executeRaw`
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE application_name = ${LISTENER_NAME} AND datname = current_database()`
    await expect.poll(breakConnection).toBe(1)
    await expect.poll(stream.text).toContain('event: read-again')
    expect(stream.endedAlready()).toBe(false)
    stream.close()
    await stream.ended
  })
})
