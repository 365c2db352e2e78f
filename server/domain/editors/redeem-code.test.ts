import { createHash, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PASTE_REDIRECT } from '#contract/extension-api.ts'
import { endSession } from '#server/domain/accounts/index.ts'
import { allowEditor, createProof, EDITOR_ADDRESS, ownerInBrowser } from '#test/context/test-editor.ts'
import type { Person } from '#test/context/test-editor.ts'
import { TestWorld } from '#test/context/test-world.ts'
import type { TestTeam } from '#test/context/test-world.ts'
import { authoriseConnection } from './authorise-connection.ts'
import { findEditorCaller } from './find-caller.ts'
import { redeemCode } from './redeem-code.ts'
import { redeemWebviewCode } from './redeem-webview-code.ts'

let world: TestWorld
let team: TestTeam
let person: Person
beforeAll(async () => {
  world = await TestWorld.create()
  team = await world.createTeam()
  person = await ownerInBrowser(world, team)
})
afterAll(() => world.close())

type Grant = Awaited<ReturnType<typeof allowEditor>>
const redeem = (grant: Grant) =>
  redeemCode(world.context({ kind: 'anonymous' }), { ...grant, clientAddress: randomUUID() })
const refused = { code: 'UNAUTHENTICATED' }

describe('a code', () => {
  test('makes its person’s editor, by name, with the memberships that the person has', async () => {
    const { accessToken, expiresInSeconds } = await redeem(await allowEditor(world, person))
    expect(expiresInSeconds).toBe(900)
    const caller = await findEditorCaller(world, accessToken)
    expect(caller).toMatchObject({
      kind: 'editor',
      userId: person.userId,
      memberships: [{ teamId: team.id, role: 'owner' }],
    })
    const stored = await world.db.connectedEditor.findUniqueOrThrow({ where: { id: caller?.editorId ?? '' } })
    expect(stored).toMatchObject({ name: 'Code - OSS', connectedAt: world.clock.now() })
  })

  test('lies in the database as its SHA-256 alone, as all tokens do', async () => {
    const grant = await allowEditor(world, person)
    const tokens = await redeem(grant)
    const tables = ['editor_codes', 'connected_editors', 'editor_refresh_tokens', 'editor_access_tokens']
    const rows = await Promise.all(tables.map((table) => world.db.$queryRawUnsafe(`SELECT t::text FROM ${table} t`)))
    const stored = JSON.stringify(rows)
    for (const secret of [grant.code, tokens.accessToken, tokens.refreshToken]) {
      expect(stored).not.toContain(secret)
      expect(stored).not.toContain(Buffer.from(secret).toString('hex'))
      expect(stored).toContain(createHash('sha256').update(secret).digest('hex'))
    }
  })

  test('works for 60 seconds', async () => {
    const [inTime, late] = [await allowEditor(world, person), await allowEditor(world, person)]
    world.clock.advance({ milliseconds: 59_999 })
    await redeem(inTime)
    world.clock.advance({ milliseconds: 1 })
    await expect(redeem(late)).rejects.toMatchObject(refused)
  })

  test('works once; a second use ends what the first connected', async () => {
    const grant = await allowEditor(world, person)
    const { accessToken } = await redeem(grant)
    expect(await findEditorCaller(world, accessToken)).not.toBeNull()
    await expect(redeem(grant)).rejects.toMatchObject(refused)
    expect(await findEditorCaller(world, accessToken)).toBeNull()
    const ended = await world.db.auditEntry.findFirstOrThrow({
      where: { teamId: team.id, action: 'editor.ended' },
      orderBy: { at: 'desc' },
    })
    expect(ended).toMatchObject({ actorKind: 'anonymous', change: { reason: 'code-used-twice' } })
  })

  test('that a thief uses an hour later still ends it, without the verifier too', async () => {
    const grant = await allowEditor(world, person)
    const { accessToken } = await redeem(grant)
    world.clock.advance({ minutes: 10 })
    await expect(redeem({ ...grant, codeVerifier: createProof().verifier })).rejects.toMatchObject(refused)
    expect(await findEditorCaller(world, accessToken)).toBeNull()
  })

  test('used by two at the same moment leaves neither connected', async () => {
    const grant = await allowEditor(world, person)
    const outcomes = await Promise.allSettled([redeem(grant), redeem(grant)])
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const tokens = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value.accessToken] : []))
    expect(await Promise.all(tokens.map((token) => findEditorCaller(world, token)))).toEqual([null])
  })

  const wrong: [string, (grant: Grant) => Partial<Grant>][] = [
    ['another verifier', () => ({ codeVerifier: createProof().verifier })],
    ['its own challenge for a verifier', ({ codeVerifier }) => ({ codeVerifier: hashOf(codeVerifier) })],
    ['another address', () => ({ redirectUri: 'vscodium://alto9.kube9-vscode/auth' })],
    ['its address written otherwise', () => ({ redirectUri: `${EDITOR_ADDRESS}?` })],
    ['the address of a code to paste', () => ({ redirectUri: PASTE_REDIRECT })],
  ]
  test.each(wrong)('with %s makes nothing, and is used up', async (_what, change) => {
    const grant = await allowEditor(world, person)
    const before = await world.db.connectedEditor.count()
    await expect(redeem({ ...grant, ...change(grant) })).rejects.toMatchObject(refused)
    await expect(redeem(grant)).rejects.toMatchObject(refused)
    expect(await world.db.connectedEditor.count()).toBe(before)
  })

  test('made up opens nothing', async () => {
    await expect(redeem({ ...(await allowEditor(world, person)), code: createProof().verifier })).rejects.toMatchObject(
      refused,
    )
  })

  test('of an editor opens no page inside one', async () => {
    const grant = await allowEditor(world, person)
    const asWebview = { code: grant.code, verifier: grant.codeVerifier, clientAddress: randomUUID() }
    await expect(redeemWebviewCode(world.context({ kind: 'anonymous' }), asWebview)).rejects.toMatchObject(refused)
  })

  test('ends with the session that it was made in', async () => {
    const browser = await ownerInBrowser(world, team)
    const grant = await allowEditor(world, browser)
    await endSession(world.context(browser), { id: browser.sessionId })
    await expect(redeem(grant)).rejects.toMatchObject(refused)
  })
})

test('no code is made for nobody, for an editor, or for an address that is not allowed', async () => {
  const request = {
    redirect_uri: EDITOR_ADDRESS,
    state: createProof().verifier,
    code_challenge: createProof().challenge,
    code_challenge_method: 'S256',
    editor: 'An editor',
  } as const
  const editor = { kind: 'editor', userId: person.userId, editorId: randomUUID(), memberships: [] } as const
  for (const actor of [{ kind: 'anonymous' } as const, editor]) {
    await expect(authoriseConnection(world.context(actor), request)).rejects.toMatchObject(refused)
  }
  const elsewhere = { ...request, redirect_uri: 'https://evil.example.com/callback' }
  await expect(authoriseConnection(world.context(person), elsewhere)).rejects.toMatchObject({ code: 'INVALID_REQUEST' })
})

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
