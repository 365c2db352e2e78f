import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { registerCluster, removeCluster } from '#server/domain/clusters/index.ts'
import { connectEditor, createProof, ownerInBrowser } from '#test/context/test-editor.ts'
import type { Person } from '#test/context/test-editor.ts'
import { createTestKey, registration } from '#test/context/test-operator.ts'
import { TestWorld } from '#test/context/test-world.ts'
import type { TestTeam } from '#test/context/test-world.ts'
import { endEditor } from './end.ts'
import { findEditorCaller } from './find-caller.ts'
import { findWebviewCaller } from './find-webview-caller.ts'
import { issueWebviewCode } from './issue-webview-code.ts'
import { redeemCode } from './redeem-code.ts'
import { redeemWebviewCode } from './redeem-webview-code.ts'

type EditorActor = NonNullable<Awaited<ReturnType<typeof findEditorCaller>>>

let world: TestWorld
let team: TestTeam
let person: Person
let editor: EditorActor
let clusterId: string
beforeAll(async () => {
  world = await TestWorld.create()
})
afterAll(() => world.close())
beforeEach(async () => {
  team = await world.createTeam()
  person = await ownerInBrowser(world, team)
  clusterId = await addCluster(team)
  editor = await actorOf((await connectEditor(world, person)).accessToken)
})

async function addCluster(to: TestTeam): Promise<string> {
  const { actor } = await createTestKey(world, to)
  return (await registerCluster(world.context(actor), registration())).clusterId
}

async function actorOf(accessToken: string): Promise<EditorActor> {
  const actor = await findEditorCaller(world, accessToken)
  if (!actor) throw new Error('An editor that was just connected is not found.')
  return actor
}

async function issue(as: EditorActor = editor, of = { teamId: team.id, clusterId }) {
  const { verifier, challenge } = createProof()
  const { code } = await issueWebviewCode(world.context(as), { ...of, challenge })
  return { code, verifier }
}

const redeem = (grant: { code: string; verifier: string }) =>
  redeemWebviewCode(world.context({ kind: 'anonymous' }), { ...grant, clientAddress: randomUUID() })
const refused = { code: 'UNAUTHENTICATED' }

describe('a webview’s code', () => {
  test('becomes a token for the one cluster that it was made for', async () => {
    const answer = await redeem(await issue())
    expect(answer).toMatchObject({ teamId: team.id, clusterId, expiresInSeconds: 900 })
    expect(await findWebviewCaller(world, answer.accessToken)).toEqual({
      kind: 'webview',
      userId: person.userId,
      editorId: editor.editorId,
      teamId: team.id,
      clusterId,
    })
    expect(await findEditorCaller(world, answer.accessToken)).toBeNull()
  })

  test('works for 60 seconds, and its token for 15 minutes', async () => {
    const [inTime, late] = [await issue(), await issue()]
    world.clock.advance({ milliseconds: 59_999 })
    const { accessToken } = await redeem(inTime)
    world.clock.advance({ milliseconds: 1 })
    await expect(redeem(late)).rejects.toMatchObject(refused)
    world.clock.advance({ seconds: 899 })
    expect(await findWebviewCaller(world, accessToken)).not.toBeNull()
    world.clock.advance({ seconds: 1 })
    expect(await findWebviewCaller(world, accessToken)).toBeNull()
  })

  test('works once; a second use ends the token that the first gave', async () => {
    const grant = await issue()
    const { accessToken } = await redeem(grant)
    await expect(redeem(grant)).rejects.toMatchObject(refused)
    expect(await findWebviewCaller(world, accessToken)).toBeNull()
  })

  test('is worth nothing without the verifier that never left its page, and is used up by the attempt', async () => {
    const grant = await issue()
    await expect(redeem({ ...grant, verifier: createProof().verifier })).rejects.toMatchObject(refused)
    await expect(redeem(grant)).rejects.toMatchObject(refused)
  })

  test('signs no editor in', async () => {
    const { code, verifier } = await issue()
    const asEditor = { code, codeVerifier: verifier, redirectUri: 'urn:kube9:paste', clientAddress: randomUUID() }
    await expect(redeemCode(world.context({ kind: 'anonymous' }), asEditor)).rejects.toMatchObject(refused)
  })

  test('is not made for a cluster of another team, nor for one that is not there', async () => {
    const other = await world.createTeam()
    const theirs = await addCluster(other)
    for (const of of [
      { teamId: other.id, clusterId: theirs },
      { teamId: team.id, clusterId: theirs },
      { teamId: team.id, clusterId: `cls_${'0'.repeat(32)}` },
    ]) {
      await expect(issue(editor, of)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    }
  })
})

describe('a page inside an editor hears no more', () => {
  test('from the moment that its editor is ended', async () => {
    const [{ accessToken }, waiting] = [await redeem(await issue()), await issue()]
    await endEditor(world.context(person), { id: editor.editorId })
    expect(await findWebviewCaller(world, accessToken)).toBeNull()
    await expect(redeem(waiting)).rejects.toMatchObject(refused)
    await expect(issue()).rejects.toMatchObject(refused)
  })

  test('once its cluster was removed', async () => {
    const { accessToken } = await redeem(await issue())
    const { id } = await world.db.cluster.findFirstOrThrow({ where: { teamId: team.id, clusterId } })
    await removeCluster(world.context(team.owner), { teamId: team.id, id })
    expect(await findWebviewCaller(world, accessToken)).toBeNull()
  })

  test('once its person has left the team', async () => {
    const { accessToken } = await redeem(await issue())
    await world.db.membership.deleteMany({ where: { teamId: team.id, userId: person.userId } })
    expect(await findWebviewCaller(world, accessToken)).toBeNull()
  })
})
