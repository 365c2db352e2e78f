import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createSession, createVerifiedAccount } from '#server/domain/accounts/index.ts'
import { PortalBrowser } from '#scripts/demo/portal-browser.ts'
import { startTestPortal } from '#test/portal/start-test-portal.ts'
import type { TestPortal } from '#test/portal/start-test-portal.ts'
import { portalRouter } from './portal-router.ts'

type ActorName = 'nobody' | 'stranger' | 'member' | 'owner'
type Row = { input?: () => unknown; answers: Record<ActorName, string> }

const OK = 'OK'
const anybody = (answer: string): Row['answers'] => ({
  nobody: answer,
  stranger: answer,
  member: answer,
  owner: answer,
})
const signedIn: Row['answers'] = { ...anybody(OK), nobody: 'UNAUTHENTICATED' }
const members = (answer = OK): Row['answers'] => ({
  nobody: 'UNAUTHENTICATED',
  stranger: 'NOT_FOUND',
  member: answer,
  owner: answer,
})
const owners = (answer = OK): Row['answers'] => ({ ...members(answer), member: 'FORBIDDEN' })

let portal: TestPortal
let teamId: string
let slug: string
const browsers = {} as Record<ActorName, PortalBrowser>

const inTeam =
  (more: object = {}) =>
  () => ({ teamId, ...more })
const newKey = inTeam({ name: 'Test cluster' })
const foreignRow = inTeam({ id: randomUUID() })
const token = 'A'.repeat(43)
const connectRequest = () => ({
  redirect_uri: 'urn:kube9:paste',
  state: token,
  code_challenge: token,
  code_challenge_method: 'S256',
  editor: 'An editor',
})

/** What each procedure answers to each kind of caller. Rows that are not there are NOT_FOUND for those who may look. */
const table: Record<string, Row> = {
  'account.signUp': {
    input: () => ({ email: `${randomUUID()}@example.com`, password: 'four green apples' }),
    answers: anybody(OK),
  },
  'account.verifyEmail': { input: () => ({ token }), answers: anybody('INVALID_REQUEST') },
  'account.requestReset': { input: () => ({ email: 'nobody@example.com' }), answers: anybody(OK) },
  'account.resetPassword': {
    input: () => ({ token, password: 'four green apples' }),
    answers: anybody('INVALID_REQUEST'),
  },
  'account.sessions': { answers: signedIn },
  'account.endSession': {
    input: () => ({ id: randomUUID() }),
    answers: { ...anybody('NOT_FOUND'), nobody: 'UNAUTHENTICATED' },
  },
  'team.list': { answers: signedIn },
  'team.get': { input: () => ({ slug }), answers: members() },
  'apiKeys.list': { input: inTeam(), answers: members() },
  'apiKeys.create': { input: newKey, answers: members() },
  'apiKeys.revoke': { input: foreignRow, answers: owners('NOT_FOUND') },
  'clusters.list': { input: inTeam(), answers: members() },
  'clusters.get': { input: foreignRow, answers: members('NOT_FOUND') },
  'clusters.remove': { input: foreignRow, answers: owners('NOT_FOUND') },
  'onboarding.progress': { input: inTeam({ apiKeyId: randomUUID() }), answers: members('NOT_FOUND') },
  'billing.get': { input: inTeam(), answers: members() },
  'editors.describe': { input: connectRequest, answers: anybody(OK) },
  'editors.authorise': { input: connectRequest, answers: signedIn },
  'editors.list': { answers: signedIn },
  'editors.end': {
    input: () => ({ id: randomUUID() }),
    answers: { ...anybody('NOT_FOUND'), nobody: 'UNAUTHENTICATED' },
  },
  // No charts are packaged in this test, and mail goes to a real server.
  'charts.list': { answers: anybody('NOT_FOUND') },
  'charts.get': { input: () => ({ name: 'kube9-operator' }), answers: anybody('NOT_FOUND') },
  'mailbox.list': { answers: anybody('NOT_FOUND') },
  'mailbox.get': { input: () => ({ id: 'some-mail' }), answers: anybody('NOT_FOUND') },
  // Last, since it ends what the rows above need.
  'account.signOutEverywhere': { answers: signedIn },
}

async function signInAs(name: ActorName): Promise<{ userId: string }> {
  const ctx = portal.contextFor({ kind: 'anonymous' })
  const { userId } = await createVerifiedAccount(ctx, { email: `${name}@example.com`, name: null })
  const session = await createSession(ctx, { userId, client: { userAgent: null } })
  browsers[name].setCookie('kube9.session', session.token)
  return { userId }
}

beforeAll(async () => {
  portal = await startTestPortal()
  for (const name of ['nobody', 'stranger', 'member', 'owner'] as const) browsers[name] = new PortalBrowser(portal.url)
  const [owner, member] = [await signInAs('owner'), await signInAs('member')]
  await signInAs('stranger')
  const membership = await portal.db.membership.findFirstOrThrow({
    where: { userId: owner.userId },
    include: { team: true },
  })
  teamId = membership.teamId
  slug = membership.team.slug
  await portal.db.membership.create({ data: { teamId, userId: member.userId, role: 'member' } })
})
afterAll(() => portal.stop())

describe('every procedure of the portal', () => {
  // The router holds them by their whole path; its type nests them.
  const procedures = portalRouter._def.procedures as unknown as Record<
    string,
    { _def: { type: string; output?: unknown } }
  >

  test('stands in the table of this test', () => {
    expect(Object.keys(table).toSorted()).toEqual(Object.keys(procedures).toSorted())
  })

  test('states the shape of its answer', () => {
    for (const [path, procedure] of Object.entries(procedures)) {
      expect({ path, output: procedure._def.output !== undefined }).toEqual({ path, output: true })
    }
  })

  test.each(Object.entries(table))(
    '%s answers nobody, strangers, members and owners as it should',
    async (path, { input, answers }) => {
      for (const name of ['nobody', 'stranger', 'member', 'owner'] as const) {
        const browser = browsers[name]
        const mutates = procedures[path]?._def.type === 'mutation'
        const { data, error } = await (mutates ? browser.mutate(path, input?.()) : browser.query(path, input?.()))
        const answer = error?.code ?? (data === null ? 'NOTHING' : OK)
        expect({ name, answer }).toEqual({ name, answer: answers[name] })
      }
    },
  )

  test('of one’s own team gives nothing of it away under another team’s id', async () => {
    const other = await portal.db.team.findFirstOrThrow({ where: { id: { not: teamId } } })
    const key = await browsers.owner.mutate('apiKeys.create', { teamId: other.id, name: 'Into a foreign team' })
    expect(key.error?.code).toMatch(/NOT_FOUND|UNAUTHENTICATED/)
  })
})

describe('errors', () => {
  test('carry the contract’s body and a request id, and name the field at fault', async () => {
    const answer = await browsers.nobody.mutate('account.signUp', {
      email: 'no address',
      password: 'four green apples',
    })
    expect(answer.error).toMatchObject({
      code: 'INVALID_REQUEST',
      details: { field: 'email' },
      requestId: answer.headers.get('x-request-id'),
    })
  })

  test('of a procedure that does not exist, and of a body that is no JSON, are ours too', async () => {
    expect((await browsers.nobody.query('account.nothing')).error?.code).toBe('NOT_FOUND')
    const answer = await browsers.nobody.fetch('/api/trpc/account.requestReset', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{',
    })
    expect(answer.status).toBe(400)
  })
})
