import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { TokenResponse } from '#contract/extension-api.ts'
import type { ChangeNotice } from '#contract/portal-api.ts'
import { endAllSessions, requestReset, resetPassword } from '#server/domain/accounts/index.ts'
import { createMailToken } from '#server/domain/accounts/mail-token.ts'
import { listenForChanges, publishChange } from '#server/platform/events.ts'
import { allowEditor, connectEditor, createProof, ownerInBrowser } from '#test/context/test-editor.ts'
import type { Person } from '#test/context/test-editor.ts'
import { TestWorld } from '#test/context/test-world.ts'
import type { TestTeam } from '#test/context/test-world.ts'
import { waitFor } from '#test/stack/wait-for.ts'
import { endEditor } from './end.ts'
import { findEditorCaller } from './find-caller.ts'
import { listEditors } from './list.ts'
import { redeemCode } from './redeem-code.ts'
import { refreshTokens } from './refresh-tokens.ts'
import { revokeEditor } from './revoke.ts'

let world: TestWorld
let team: TestTeam
let person: Person
beforeAll(async () => {
  world = await TestWorld.create()
})
afterAll(() => world.close())
beforeEach(async () => {
  team = await world.createTeam()
  person = await ownerInBrowser(world, team)
})

const nobody = () => world.context({ kind: 'anonymous' })

async function isEnded({ accessToken, refreshToken }: TokenResponse): Promise<boolean> {
  const caller = await findEditorCaller(world, accessToken)
  const refreshed = await refreshTokens(nobody(), { refreshToken, clientAddress: randomUUID() }).catch(() => null)
  return caller === null && refreshed === null
}

describe('an editor ends', () => {
  test('when its owner ends it in the portal, and no other one with it', async () => {
    const [one, other] = [await connectEditor(world, person), await connectEditor(world, person)]
    const { editorId } = (await findEditorCaller(world, one.accessToken)) ?? { editorId: '' }
    await endEditor(world.context(person), { id: editorId })
    expect([await isEnded(one), await isEnded(other)]).toEqual([true, false])
    expect(await listEditors(world.context(person))).toHaveLength(1)
    await expect(endEditor(world.context(person), { id: editorId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('by nobody else: not by a member of the same team, nor by an editor itself', async () => {
    const tokens = await connectEditor(world, person)
    const caller = await findEditorCaller(world, tokens.accessToken)
    if (!caller) throw new Error('not connected')
    const id = caller.editorId
    await expect(endEditor(world.context(team.member), { id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(endEditor(world.context(caller), { id })).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    await expect(listEditors(world.context(caller))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    expect(await listEditors(world.context(team.member))).toEqual([])
    expect(await isEnded(tokens)).toBe(false)
  })

  test('when it signs out with any of its refresh tokens; an unknown one is no fault', async () => {
    const tokens = await connectEditor(world, person)
    await refreshTokens(nobody(), { refreshToken: tokens.refreshToken, clientAddress: randomUUID() })
    await revokeEditor(nobody(), { refreshToken: createProof().verifier })
    await revokeEditor(nobody(), { refreshToken: tokens.refreshToken })
    await revokeEditor(nobody(), { refreshToken: tokens.refreshToken })
    expect(await isEnded(tokens)).toBe(true)
  })

  test('with a new password, as every session does', async () => {
    const [tokens, waiting] = [await connectEditor(world, person), await allowEditor(world, person)]
    await requestReset(nobody(), { email: team.ownerEmail, clientAddress: randomUUID() })
    const { token } = await createMailToken(nobody(), world.db, {
      userId: person.userId,
      purpose: 'reset_password',
      hours: 1,
    })
    const password = 'orbit marble lantern quiet'
    await resetPassword(nobody(), { token, password, clientAddress: randomUUID() })
    expect(await isEnded(tokens)).toBe(true)
    await expect(redeemCode(nobody(), { ...waiting, clientAddress: randomUUID() })).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    })
    expect(await listEditors(world.context(person))).toEqual([])
  })

  test('with signing out everywhere, also when it is just being connected', async () => {
    const tokens = await connectEditor(world, person)
    const waiting = await allowEditor(world, person)
    await Promise.allSettled([
      redeemCode(nobody(), { ...waiting, clientAddress: randomUUID() }),
      endAllSessions(world.context(person)),
    ])
    expect(await isEnded(tokens)).toBe(true)
    expect(await listEditors(world.context(person))).toEqual([])
  })

  test('before it is made, when its sessions are just being ended', async () => {
    const waiting = await allowEditor(world, person)
    let redeeming: Promise<unknown> | undefined
    await world.db.$transaction(async (tx) => {
      await endAllSessions(world.context(person, { db: tx }))
      redeeming = redeemCode(nobody(), { ...waiting, clientAddress: randomUUID() }).catch((error: unknown) => error)
      await delay(300)
    })
    expect(await redeeming).toMatchObject({ code: 'UNAUTHENTICATED' })
    expect(await listEditors(world.context(person))).toEqual([])
  })

  test('with its owner’s account', async () => {
    const tokens = await connectEditor(world, person)
    await world.db.user.update({ where: { id: person.userId }, data: { deletedAt: world.clock.now() } })
    expect(await isEnded(tokens)).toBe(true)
  })
})

test('what an editor may see follows its person’s roles at once', async () => {
  const { accessToken } = await connectEditor(world, person)
  const where = { teamId_userId: { teamId: team.id, userId: person.userId } }
  await world.db.membership.update({ where, data: { role: 'member' } })
  expect(await findEditorCaller(world, accessToken)).toMatchObject({ memberships: [{ role: 'member' }] })
  await world.db.membership.delete({ where })
  expect(await findEditorCaller(world, accessToken)).toMatchObject({ memberships: [] })
})

test('the list says when an editor was connected and last seen', async () => {
  const connectedAt = world.clock.now()
  const { accessToken } = await connectEditor(world, person)
  world.clock.advance({ minutes: 6 })
  await findEditorCaller(world, accessToken)
  expect(await listEditors(world.context(person))).toMatchObject([
    { name: 'Code - OSS', connectedAt: connectedAt.toISOString(), lastSeenAt: world.clock.now().toISOString() },
  ])
})

test('connecting and ending stand in the audit log of each team that the editor reaches into, and in no other', async () => {
  const second = await world.createTeam()
  await world.db.membership.create({ data: { teamId: second.id, userId: person.userId, role: 'member' } })
  const stranger = await world.createTeam()
  await connectEditor(world, person)
  const [editor] = await listEditors(world.context(person))
  await endEditor(world.context(person), { id: editor?.id ?? '' })
  for (const { id } of [team, second]) {
    const entries = await world.db.auditEntry.findMany({ where: { teamId: id }, orderBy: { id: 'asc' } })
    const target = { targetKind: 'editor', targetId: editor?.id }
    expect(entries).toMatchObject([
      { ...target, action: 'editor.connected', actorKind: 'editor', actorId: person.userId },
      { ...target, action: 'editor.ended', actorKind: 'user', change: { reason: 'ended-by-owner' } },
    ])
  }
  expect(await world.db.auditEntry.count({ where: { teamId: stranger.id } })).toBe(0)
})

test('every process hears of an editor that was connected or ended', async () => {
  const heard: ChangeNotice[] = []
  const listener = listenForChanges({ url: world.database.appUrl, log: world.log })
  listener.subscribe({ onChange: (notice) => void heard.push(notice), onReadAgain: () => undefined })
  await waitFor('the listener', async () => {
    await publishChange(world.db, { teamId: randomUUID(), kind: 'team', id: 'listening' })
    return heard.length > 0
  })
  const ofTeam = () => heard.filter(({ teamId }) => teamId === team.id)
  await connectEditor(world, person)
  const [editor] = await listEditors(world.context(person))
  await endEditor(world.context(person), { id: editor?.id ?? '' })
  await expect.poll(ofTeam).toHaveLength(2)
  expect(ofTeam()).toEqual([1, 2].map(() => ({ teamId: team.id, kind: 'editor', id: editor?.id })))
  await listener.close()
})
