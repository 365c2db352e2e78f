import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { EDITOR_IDLE_DAYS } from '#contract/extension-api.ts'
import { removeExpiredOnce } from '#server/jobs/remove-expired.ts'
import { createDatabase } from '#server/platform/database.ts'
import { connectEditor, createProof, ownerInBrowser } from '#test/context/test-editor.ts'
import type { Person } from '#test/context/test-editor.ts'
import { TestWorld } from '#test/context/test-world.ts'
import { findEditorCaller } from './find-caller.ts'
import { refreshTokens } from './refresh-tokens.ts'

let world: TestWorld
let person: Person
beforeAll(async () => {
  world = await TestWorld.create()
})
// The clock goes over months here, which no session outlives.
beforeEach(async () => {
  person = await ownerInBrowser(world, await world.createTeam())
})
afterAll(() => world.close())

const nobody = { kind: 'anonymous' } as const
const refresh = (refreshToken: string, db = world.db) =>
  refreshTokens(world.context(nobody, { db }), { refreshToken, clientAddress: randomUUID() })
const refused = { code: 'UNAUTHENTICATED' }

test('a refresh token gives a successor and a new access token; the old access token lives out its time', async () => {
  const first = await connectEditor(world, person)
  const second = await refresh(first.refreshToken)
  expect(second.refreshToken).not.toBe(first.refreshToken)
  expect(second.accessToken).not.toBe(first.accessToken)
  const [before, after] = [
    await findEditorCaller(world, first.accessToken),
    await findEditorCaller(world, second.accessToken),
  ]
  expect(after).toEqual(before)
  world.clock.advance({ seconds: 900 })
  expect(await findEditorCaller(world, second.accessToken)).toBeNull()
  await refresh(second.refreshToken)
})

describe('a repeat', () => {
  test('within 30 seconds gets the same successor', async () => {
    const { refreshToken } = await connectEditor(world, person)
    const first = await refresh(refreshToken)
    world.clock.advance({ seconds: 30 })
    const second = await refresh(refreshToken)
    expect(second.refreshToken).toBe(first.refreshToken)
    expect(second.accessToken).not.toBe(first.accessToken)
    expect(await findEditorCaller(world, second.accessToken)).not.toBeNull()
    await refresh(second.refreshToken)
  })

  test('after that ends the editor, with all that it was given', async () => {
    const { refreshToken } = await connectEditor(world, person)
    const first = await refresh(refreshToken)
    world.clock.advance({ milliseconds: 30_001 })
    await expect(refresh(refreshToken)).rejects.toMatchObject(refused)
    expect(await findEditorCaller(world, first.accessToken)).toBeNull()
    await expect(refresh(first.refreshToken)).rejects.toMatchObject(refused)
  })

  test('of a token that was stolen weeks ago ends it too, although what expired is removed between', async () => {
    const { refreshToken } = await connectEditor(world, person)
    let current = await refresh(refreshToken)
    for (let week = 0; week < 5; week++) {
      world.clock.advance({ days: 7 })
      await removeExpiredOnce(world.context({ kind: 'system', job: 'remove-expired' }))
      current = await refresh(current.refreshToken)
    }
    await expect(refresh(refreshToken)).rejects.toMatchObject(refused)
    await expect(refresh(current.refreshToken)).rejects.toMatchObject(refused)
  })
})

test('windows and processes that refresh at once all get the same successor', async () => {
  // A pool of its own is what another process has.
  const otherProcess = createDatabase({ url: world.database.appUrl })
  const { refreshToken } = await connectEditor(world, person)
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, index) => refresh(refreshToken, index % 2 === 0 ? world.db : otherProcess)),
  )
  expect(new Set(answers.map((answer) => answer.refreshToken)).size).toBe(1)
  const access = answers.map((answer) => answer.accessToken)
  expect(new Set(access).size).toBe(12)
  const callers = await Promise.all(access.map((token) => findEditorCaller(world, token)))
  expect(new Set(callers.map((caller) => caller?.editorId)).size).toBe(1)
  const stored = await world.db.editorRefreshToken.count({ where: { editorId: callers[0]?.editorId ?? '' } })
  expect(stored).toBe(2)
  await otherProcess.$disconnect()
})

test('a window that refreshes before another one’s answer is written down waits for it', async () => {
  const { refreshToken } = await connectEditor(world, person)
  let waiting: ReturnType<typeof refresh> | undefined
  const first = await world.db.$transaction(async (tx) => {
    const answer = await refreshTokens(world.context(nobody, { db: tx }), { refreshToken, clientAddress: randomUUID() })
    waiting = refresh(refreshToken)
    await delay(300)
    return answer
  })
  expect((await waiting)?.refreshToken).toBe(first.refreshToken)
})

test('a successor lies sealed, and only while a repeat may ask for it', async () => {
  const { refreshToken } = await connectEditor(world, person)
  const { refreshToken: successor } = await refresh(refreshToken)
  const sealed = async () =>
    (await world.db.editorRefreshToken.findMany({ where: { sealedSuccessor: { not: null } } })).map((row) =>
      Buffer.from(row.sealedSuccessor ?? []).toString('latin1'),
    )
  expect(await sealed()).not.toEqual([])
  expect((await sealed()).join()).not.toContain(successor)
  world.clock.advance({ minutes: 2 })
  await removeExpiredOnce(world.context({ kind: 'system', job: 'remove-expired' }))
  expect(await sealed()).toEqual([])
  await refresh(successor)
})

test('an editor that did not come back for long has ended, and the job writes that down', async () => {
  const { refreshToken } = await connectEditor(world, person)
  const busy = await connectEditor(world, person)
  world.clock.advance({ days: EDITOR_IDLE_DAYS - 1 })
  const { refreshToken: busyToken } = await refresh(busy.refreshToken)
  world.clock.advance({ days: 1 })
  await expect(refresh(refreshToken)).rejects.toMatchObject(refused)
  await removeExpiredOnce(world.context({ kind: 'system', job: 'remove-expired' }))
  expect(await world.db.connectedEditor.count()).toBe(1)
  const entry = await world.db.auditEntry.findFirstOrThrow({
    where: { action: 'editor.ended' },
    orderBy: { at: 'desc' },
  })
  expect(entry).toMatchObject({ actorKind: 'system', change: { reason: 'idle' } })
  await refresh(busyToken)
})

test('a made-up token opens nothing and ends nobody', async () => {
  const { accessToken } = await connectEditor(world, person)
  await expect(refresh(createProof().verifier)).rejects.toMatchObject(refused)
  await expect(refresh(accessToken)).rejects.toMatchObject(refused)
  expect(await findEditorCaller(world, accessToken)).not.toBeNull()
})
