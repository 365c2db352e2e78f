import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ErrorCode } from '#contract/errors.ts'
import type { Actor } from '#server/core/actor.ts'
import { permissionNames } from '#server/core/authorise.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { createApiKey, listApiKeys, revokeApiKey } from '#server/domain/api-keys/index.ts'
import { getBilling } from '#server/domain/billing/index.ts'
import {
  listClusterEvents,
  readClusterReport,
  readConfigurationReport,
  readHealthHistory,
  readNodesReport,
  readStanding,
  readWorkloadsReport,
  requireWatchable,
} from '#server/domain/cluster-reports/index.ts'
import {
  deregisterCluster,
  getCluster,
  listClusters,
  recordHeartbeat,
  registerCluster,
  removeCluster,
} from '#server/domain/clusters/index.ts'
import { storeCollection } from '#server/domain/collections/index.ts'
import { issueWebviewCode } from '#server/domain/editors/index.ts'
import { readOnboardingProgress } from '#server/domain/onboarding/index.ts'
import { getTeam } from '#server/domain/teams/index.ts'
import { createTestKey, heartbeat, registration } from '#test/context/test-operator.ts'
import { TestWorld } from '#test/context/test-world.ts'
import type { TestTeam } from '#test/context/test-world.ts'

type KeyActor = Extract<Actor, { kind: 'apiKey' }>

let world: TestWorld
let team: TestTeam
let other: TestTeam
let key: KeyActor
let othersKey: KeyActor
beforeAll(async () => {
  world = await TestWorld.create()
  ;[team, other] = [await world.createTeam(), await world.createTeam()]
  ;[key, othersKey] = [(await createTestKey(world, team)).actor, (await createTestKey(world, other)).actor]
})
afterAll(() => world.close())

type Call = (ctx: ServiceContext, teamId: string) => Promise<unknown>
const id = randomUUID()
const clusterId = 'cls_0123456789abcdef0123456789abcdef'
const otherClusterId = 'cls_fedcba9876543210fedcba9876543210'
const timestamp = '2026-11-23T10:00:00.000Z'
const collection = {
  version: 'v1.0.0' as const,
  type: 'cluster-metadata' as const,
  data: { collectionId: 'coll_0123456789abcdefghijklmnopqrstuv' },
  sanitization: { rulesApplied: [], timestamp },
}

const person = ['owner', 'member'] as const
const personOrEditor = [...person, 'editor'] as const
const whoSeesReports = [...personOrEditor, 'webview'] as const
const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'

/** Everybody who may be let past a door. An editor has the role of its owner; a page inside one may see its own cluster. */
type Admitted = 'owner' | 'member' | 'key' | 'editor' | 'webview'
type Verb = {
  call: Call
  admits: readonly Admitted[]
  /** The verb names its cluster at the door, so that a page inside an editor is known there. */
  ofCluster?: true
}

type Report = (ctx: ServiceContext, reference: { teamId: string; clusterId: string }) => Promise<unknown>

function report(read: Report): Verb {
  return { call: (ctx, teamId) => read(ctx, { teamId, clusterId }), admits: whoSeesReports, ofCluster: true }
}

/** For each verb on a team's data: who is let past the door. Everybody else is refused by the code of the table below. */
const verbs: Record<string, Verb> = {
  createApiKey: { call: (ctx, teamId) => createApiKey(ctx, { teamId, name: 'one more' }), admits: personOrEditor },
  listApiKeys: { call: (ctx, teamId) => listApiKeys(ctx, { teamId }), admits: person },
  revokeApiKey: { call: (ctx, teamId) => revokeApiKey(ctx, { teamId, id }), admits: ['owner'] },
  listClusters: { call: (ctx, teamId) => listClusters(ctx, { teamId }), admits: personOrEditor },
  getCluster: { call: (ctx, teamId) => getCluster(ctx, { teamId, id }), admits: personOrEditor },
  removeCluster: { call: (ctx, teamId) => removeCluster(ctx, { teamId, id }), admits: ['owner'] },
  readOnboardingProgress: {
    call: (ctx, teamId) => readOnboardingProgress(ctx, { teamId, apiKeyId: id }),
    admits: personOrEditor,
  },
  getBilling: { call: (ctx, teamId) => getBilling(ctx, { teamId }), admits: person },
  getTeam: {
    call: (ctx, teamId) => getTeam(ctx, { slug: teamId === team.id ? team.slug : other.slug }),
    admits: personOrEditor,
  },
  issueWebviewCode: {
    call: (ctx, teamId) => issueWebviewCode(ctx, { teamId, clusterId, challenge }),
    admits: ['editor'],
    ofCluster: true,
  },
  readClusterReport: report(readClusterReport),
  readHealthHistory: report((ctx, reference) => readHealthHistory(ctx, { ...reference, rangeHours: 1 })),
  readNodesReport: report(readNodesReport),
  readWorkloadsReport: report(readWorkloadsReport),
  readConfigurationReport: report(readConfigurationReport),
  listClusterEvents: report(listClusterEvents),
  requireWatchable: report(requireWatchable),
  readStanding: { ...report(readStanding), admits: personOrEditor },
  registerCluster: { call: (ctx) => registerCluster(ctx, registration()), admits: ['key'] },
  recordHeartbeat: {
    call: (ctx) => recordHeartbeat(ctx, heartbeat({ clusterId, instanceId: id, sequence: 1 })),
    admits: ['key'],
  },
  deregisterCluster: { call: (ctx) => deregisterCluster(ctx, { clusterId }), admits: ['key'] },
  storeCollection: { call: (ctx) => storeCollection(ctx, collection), admits: ['key'] },
}

/** Verbs of these domains that reach no team's data by a caller's word, or are not called by a caller at all. */
const notOfATeam = [
  'createPersonalTeam',
  'describeTeam',
  'listTeams',
  'requireActivePlan',
  'admitOperator',
  'callAsOperator',
  'verifyApiKey',
  'announceOfflineClusters',
  'clusterTokenMatches',
  'isWithinFarewell',
  'describeCluster',
  'planStateOf',
  'recordHappenings',
  'clusterStateOf',
  'clusterSummaryOf',
  'describeRefusal',
  'recordRefusal',
  'recordingRefusals',
  'requireOperatorKey',
  // Of a person's own editors, or let in by the code or token that they are given.
  'authoriseConnection',
  'describeConnection',
  'endAllEditors',
  'endEditor',
  'findEditorCaller',
  'findWebviewCaller',
  'listEditors',
  'redeemCode',
  'redeemWebviewCode',
  'refreshTokens',
  'removeExpiredEditors',
  'revokeEditor',
]

type Caller = { who: string; actor: Actor; teamId: string; code: ErrorCode; admittedAs?: Admitted }

/** An editor of the person that an actor stands for. */
function editorOf(actor: Actor): Extract<Actor, { kind: 'editor' }> {
  if (actor.kind !== 'user') throw new Error('Only a person has an editor.')
  return { kind: 'editor', userId: actor.userId, editorId: id, memberships: actor.memberships }
}

/** A page inside it that shows a cluster of `teamId`. */
function webviewOf(actor: Actor, teamId: string, shown = clusterId): Extract<Actor, { kind: 'webview' }> {
  return { kind: 'webview', userId: editorOf(actor).userId, editorId: id, teamId, clusterId: shown }
}

/** Everybody who may come to a door, and what each is told who is not admitted. */
function callersOf({ admits, ofCluster }: Verb): Caller[] {
  const forKeys = admits.includes('key')
  const ours = { teamId: team.id, code: 'FORBIDDEN' } as const
  // A verb of keys tells nobody else anything of teams.
  const unseen = { teamId: team.id, code: forKeys ? 'FORBIDDEN' : 'NOT_FOUND' } as const
  const ownPage = { who: 'a page inside an editor', actor: webviewOf(team.owner, team.id) }
  const everywhere: Caller[] = [
    { ...ours, who: 'nobody', actor: { kind: 'anonymous' }, code: 'UNAUTHENTICATED' },
    { ...ours, who: 'an owner', actor: team.owner, admittedAs: 'owner' },
    { ...ours, who: 'a member', actor: team.member, admittedAs: 'member' },
    { ...unseen, who: 'a stranger', actor: other.owner },
    { ...ours, who: 'a key of the team', actor: key, admittedAs: 'key' },
    { ...ours, who: 'a key without the scope', actor: { ...key, scopes: ['something-else'] } },
    { ...ours, who: 'an editor of the owner', actor: editorOf(team.owner), admittedAs: 'editor' },
    { ...unseen, who: 'an editor of a stranger', actor: editorOf(other.owner) },
    { ...(ofCluster ? ours : unseen), ...ownPage, admittedAs: 'webview' },
    { ...unseen, who: 'a page of another cluster', actor: webviewOf(team.owner, team.id, otherClusterId) },
    { ...unseen, who: 'a page of another team', actor: webviewOf(other.owner, other.id) },
  ]
  // A key is of one team and names none, so it cannot ask for another's data.
  if (forKeys) return everywhere
  const elsewhere = { teamId: other.id, code: 'NOT_FOUND' } as const
  return [
    ...everywhere,
    { ...unseen, who: 'a key of another team', actor: othersKey },
    { ...elsewhere, who: 'the owner, of another team’s data', actor: team.owner },
    { ...elsewhere, who: 'an editor, of another team’s data', actor: editorOf(team.owner) },
    { ...elsewhere, who: 'a page, of another team’s data', actor: webviewOf(team.owner, team.id) },
  ]
}

async function codeOf(call: Promise<unknown>): Promise<ErrorCode | 'admitted'> {
  return call.then(
    () => 'admitted' as const,
    (error: unknown) => (error as { code: ErrorCode }).code,
  )
}

describe('every verb on a team’s data', () => {
  test('stands in the table of this test', async () => {
    const modules = await Promise.all(
      ['api-keys', 'billing', 'cluster-reports', 'clusters', 'collections', 'editors', 'onboarding', 'teams'].map(
        (noun) => import(`../domain/${noun}/index.ts`) as Promise<Record<string, unknown>>,
      ),
    )
    const functions = modules.flatMap((module) =>
      Object.entries(module)
        .filter(([, value]) => typeof value === 'function')
        .map(([name]) => name),
    )
    expect(functions.toSorted()).toEqual([...Object.keys(verbs), ...notOfATeam].toSorted())
  })

  test.each(Object.entries(verbs))('%s refuses each wrong caller', async (_name, verb) => {
    const wrong = callersOf(verb).filter(({ admittedAs }) => !admittedAs || !verb.admits.includes(admittedAs))
    const outcomes: Record<string, string> = {}
    for (const { who, actor, teamId } of wrong) outcomes[who] = await codeOf(verb.call(world.context(actor), teamId))
    expect(outcomes).toEqual(Object.fromEntries(wrong.map(({ who, code }) => [who, code])))
  })

  test.each(Object.entries(verbs))('%s lets in whom it should', async (_name, verb) => {
    const right = callersOf(verb).filter(({ admittedAs }) => admittedAs && verb.admits.includes(admittedAs))
    expect(right).toHaveLength(verb.admits.length)
    for (const { actor, teamId } of right) {
      expect(['UNAUTHENTICATED', 'FORBIDDEN', 'INVALID_API_KEY']).not.toContain(
        await codeOf(verb.call(world.context(actor), teamId)),
      )
    }
  })
})

test('every permission is asked for by a verb', () => {
  const folder = fileURLToPath(new URL('../domain', import.meta.url))
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n')
  const unused = permissionNames.filter((permission) => !sources.includes(`'${permission}'`))
  expect(unused).toEqual([])
})
