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
  deregisterCluster,
  getCluster,
  listClusters,
  recordHeartbeat,
  registerCluster,
  removeCluster,
} from '#server/domain/clusters/index.ts'
import { storeCollection } from '#server/domain/collections/index.ts'
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
const timestamp = '2026-11-23T10:00:00.000Z'
const collection = {
  version: 'v1.0.0' as const,
  type: 'cluster-metadata' as const,
  data: { collectionId: 'coll_0123456789abcdefghijklmnopqrstuv' },
  sanitization: { rulesApplied: [], timestamp },
}

/** For each verb on a team's data: who is let past the door. Everybody else is refused by the code of the table below. */
const verbs: Record<string, { call: Call; admits: readonly ('owner' | 'member' | 'key')[] }> = {
  createApiKey: { call: (ctx, teamId) => createApiKey(ctx, { teamId, name: 'one more' }), admits: ['owner', 'member'] },
  listApiKeys: { call: (ctx, teamId) => listApiKeys(ctx, { teamId }), admits: ['owner', 'member'] },
  revokeApiKey: { call: (ctx, teamId) => revokeApiKey(ctx, { teamId, id }), admits: ['owner'] },
  listClusters: { call: (ctx, teamId) => listClusters(ctx, { teamId }), admits: ['owner', 'member'] },
  getCluster: { call: (ctx, teamId) => getCluster(ctx, { teamId, id }), admits: ['owner', 'member'] },
  removeCluster: { call: (ctx, teamId) => removeCluster(ctx, { teamId, id }), admits: ['owner'] },
  readOnboardingProgress: {
    call: (ctx, teamId) => readOnboardingProgress(ctx, { teamId, apiKeyId: id }),
    admits: ['owner', 'member'],
  },
  getBilling: { call: (ctx, teamId) => getBilling(ctx, { teamId }), admits: ['owner', 'member'] },
  getTeam: {
    call: (ctx, teamId) => getTeam(ctx, { slug: teamId === team.id ? team.slug : other.slug }),
    admits: ['owner', 'member'],
  },
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
  'clusterStateOf',
  'clusterSummaryOf',
  'describeRefusal',
  'recordRefusal',
  'recordingRefusals',
  'requireOperatorKey',
]

type WrongCaller = { who: string; actor: Actor; teamId: string; code: ErrorCode }

/** Everybody who must not get through a door that admits these, and what each is told. */
function wrongCallers(admits: readonly ('owner' | 'member' | 'key')[]): WrongCaller[] {
  const nobody: WrongCaller = { who: 'nobody', actor: { kind: 'anonymous' }, teamId: team.id, code: 'UNAUTHENTICATED' }
  const keyWithoutScope: Actor = { ...key, scopes: ['something-else'] }
  if (admits.includes('key')) {
    return [
      nobody,
      { who: 'a person', actor: team.owner, teamId: team.id, code: 'FORBIDDEN' },
      { who: 'a key without the scope', actor: keyWithoutScope, teamId: team.id, code: 'FORBIDDEN' },
    ]
  }
  const member: WrongCaller = { who: 'a member', actor: team.member, teamId: team.id, code: 'FORBIDDEN' }
  return [
    nobody,
    { who: 'a stranger', actor: other.owner, teamId: team.id, code: 'NOT_FOUND' },
    { who: 'the owner, of another team’s data', actor: team.owner, teamId: other.id, code: 'NOT_FOUND' },
    { who: 'a key of the team', actor: key, teamId: team.id, code: 'FORBIDDEN' },
    { who: 'a key of another team', actor: othersKey, teamId: team.id, code: 'NOT_FOUND' },
    ...(admits.includes('member') ? [] : [member]),
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
      ['api-keys', 'billing', 'clusters', 'collections', 'onboarding', 'teams'].map(
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

  test.each(Object.entries(verbs))('%s refuses each wrong caller', async (_name, { call, admits }) => {
    const outcomes: Record<string, string> = {}
    const wrong = wrongCallers(admits)
    for (const { who, actor, teamId } of wrong) outcomes[who] = await codeOf(call(world.context(actor), teamId))
    expect(outcomes).toEqual(Object.fromEntries(wrong.map(({ who, code }) => [who, code])))
  })

  test.each(Object.entries(verbs))('%s lets in whom it should', async (_name, { call, admits }) => {
    const actors = { owner: team.owner, member: team.member, key }
    for (const who of admits) {
      expect(['UNAUTHENTICATED', 'FORBIDDEN', 'INVALID_API_KEY']).not.toContain(
        await codeOf(call(world.context(actors[who]), team.id)),
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
