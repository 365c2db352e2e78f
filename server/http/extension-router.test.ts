import { TRPCClientError } from '@trpc/client'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { errorBodySchema, errorStatuses } from '#contract/errors.ts'
import type { ErrorCode } from '#contract/errors.ts'
import type { ExtensionRouter } from '#contract/router-types.ts'
import { createSession } from '#server/domain/accounts/index.ts'
import { revokeApiKey } from '#server/domain/api-keys/index.ts'
import { extensionClient, openPage } from '#test/context/extension-client.ts'
import { askApi, startApi } from '#test/context/start-api.ts'
import type { TestApi } from '#test/context/start-api.ts'
import { TestCluster } from '#test/context/test-cluster.ts'
import { clusterMetadata, configurationPatterns, resourceInventory } from '#test/context/test-collections.ts'
import { connectEditor, createProof, ownerInBrowser } from '#test/context/test-editor.ts'
import { TestWorld } from '#test/context/test-world.ts'
import type { TestTeam } from '#test/context/test-world.ts'

let world: TestWorld
let api: TestApi
let team: TestTeam
let cluster: TestCluster
let editorToken: string
beforeAll(async () => {
  world = await TestWorld.create()
  api = await startApi(world)
})
afterAll(async () => {
  await api.close()
  await world.close()
})
beforeEach(async () => {
  team = await world.createTeam({ plan: 'pro' })
  cluster = await TestCluster.register(world, team)
  await cluster.beat()
  editorToken = await tokenOf(team)
})

async function tokenOf(owned: TestTeam): Promise<string> {
  return (await connectEditor(world, await ownerInBrowser(world, owned))).accessToken
}

const reference = () => ({ teamId: team.id, clusterId: cluster.clusterId })

async function codeOf(call: Promise<unknown>): Promise<ErrorCode | 'answered'> {
  const failure: unknown = await call.then(
    () => null,
    (error: unknown) => error,
  )
  if (failure === null) return 'answered'
  if (!(failure instanceof TRPCClientError)) throw new Error('No answer came.', { cause: failure })
  return errorBodySchema.parse((failure as TRPCClientError<ExtensionRouter>).data?.kube9).code
}

/** Every report that there is, as one caller gets it. */
async function reportsFor(token: string, ids: { teamId: string; clusterId: string }) {
  const { reports } = extensionClient(api, token)
  return Promise.all([
    codeOf(reports.cluster.query(ids)),
    codeOf(reports.health.query({ ...ids, rangeHours: 1 })),
    codeOf(reports.nodes.query(ids)),
    codeOf(reports.workloads.query(ids)),
    codeOf(reports.configuration.query(ids)),
    codeOf(reports.events.query(ids)),
  ])
}

describe('an editor', () => {
  test('reads who it is signed in as, its teams and clusters', async () => {
    const client = extensionClient(api, editorToken)
    const account = await client.account.read.query()
    expect(account).toMatchObject({
      email: team.ownerEmail,
      teams: [{ id: team.id, role: 'owner', plan: { name: 'pro', active: true } }],
      addresses: world.env.addresses,
    })
    expect(await client.clusters.list.query({ teamId: team.id })).toMatchObject([
      { clusterId: cluster.clusterId, state: 'healthy' },
    ])
  })

  test('makes a key for an installation, as its person, in the audit log of the team', async () => {
    const client = extensionClient(api, editorToken)
    const made = await client.installations.createKey.mutate({ teamId: team.id, name: 'kind-dev' })
    expect((await askApi(api, '/v1/keys/verify', { key: made.key, method: 'POST' })).status).toBe(200)
    const owner = team.owner.kind === 'user' ? team.owner.userId : ''
    expect(
      await world.db.auditEntry.findFirstOrThrow({ where: { teamId: team.id, targetId: made.keyId } }),
    ).toMatchObject({ action: 'api-key.created', actorKind: 'editor', actorId: owner })
    expect(world.logged.join('\n')).not.toContain(made.key)
  })

  test('is told where its cluster stands, before the cluster itself hears of it', async () => {
    const { standing } = extensionClient(api, editorToken).clusters
    const ids = reference()
    expect(await standing.query(ids)).toMatchObject({ teamId: team.id, state: 'healthy', pro: true, refusal: null })
    await revokeApiKey(world.context(team.owner), { teamId: team.id, id: cluster.apiKey.id })
    const revoked = await standing.query(ids)
    expect(revoked).toMatchObject({ state: 'refused', pro: false })
    expect(revoked.refusal?.message).toContain('revoked')
    expect(revoked.refusal?.manageUrl).toBe(`https://app.kube9.example/${team.slug}/api-keys`)
    await world.db.team.update({ where: { id: team.id }, data: { plan: 'free' } })
    expect((await standing.query(ids)).refusal?.manageUrl).toBe(`https://app.kube9.example/${team.slug}/billing`)
  })

  test('cannot tell a cluster of strangers from one that is not there', async () => {
    const others = await world.createTeam({ plan: 'pro' })
    const foreign = await TestCluster.register(world, others)
    const client = extensionClient(api, editorToken)
    for (const ids of [
      { teamId: others.id, clusterId: foreign.clusterId },
      { teamId: team.id, clusterId: foreign.clusterId },
      { teamId: others.id, clusterId: cluster.clusterId },
    ]) {
      expect(new Set(await reportsFor(editorToken, ids))).toEqual(new Set(['NOT_FOUND']))
      expect(await codeOf(client.clusters.standing.query(ids))).toBe('NOT_FOUND')
      const { challenge } = createProof()
      expect(await codeOf(client.webviews.issueCode.mutate({ ...ids, challenge }))).toBe('NOT_FOUND')
    }
    expect(await codeOf(client.clusters.list.query({ teamId: others.id }))).toBe('NOT_FOUND')
    expect(await codeOf(client.installations.createKey.mutate({ teamId: others.id, name: 'x' }))).toBe('NOT_FOUND')
  })
})

describe('a page inside an editor', () => {
  test('sees its one cluster and nothing else', async () => {
    const other = await TestCluster.register(world, team)
    const token = await openPage(api, editorToken, reference())
    const client = extensionClient(api, token)
    expect(new Set(await reportsFor(token, reference()))).toEqual(new Set(['answered']))
    const ofOther = { teamId: team.id, clusterId: other.clusterId }
    expect(new Set(await reportsFor(token, ofOther))).toEqual(new Set(['NOT_FOUND']))
    expect(await codeOf(client.clusters.list.query({ teamId: team.id }))).toBe('NOT_FOUND')
    expect(await codeOf(client.clusters.standing.query(reference()))).toBe('FORBIDDEN')
    expect(await codeOf(client.account.read.query())).toBe('FORBIDDEN')
    expect(await codeOf(client.installations.createKey.mutate({ teamId: team.id, name: 'x' }))).toBe('NOT_FOUND')
    const { challenge } = createProof()
    expect(await codeOf(client.webviews.issueCode.mutate({ ...reference(), challenge }))).toBe('FORBIDDEN')
  })

  test('reads what was collected, under pseudonyms, and the pages that mend', async () => {
    const token = await openPage(api, editorToken, reference())
    const { reports } = extensionClient(api, token, 'POST')
    expect(await reports.nodes.query(reference())).toBeNull()
    const sent = [clusterMetadata(), resourceInventory(), configurationPatterns()]
    for (const collection of sent) await cluster.collect(collection)
    world.clock.advance({ seconds: 1 })
    const receivedAt = new Date(world.clock.now().getTime() - 1000).toISOString()
    const [nodes, workloads, configuration] = [
      await reports.nodes.query(reference()),
      await reports.workloads.query(reference()),
      await reports.configuration.query(reference()),
    ]
    expect(nodes).toEqual({ receivedAt, saltId: 'salt_0123456789abcdef', data: sent[0]?.data })
    expect(workloads?.data).toEqual(sent[1]?.data)
    expect(configuration?.data).toEqual(sent[2]?.data)
    const report = await reports.cluster.query(reference())
    expect(report).toMatchObject({
      cluster: { clusterId: cluster.clusterId, state: 'healthy', apiKey: { id: cluster.apiKey.id } },
      team: { slug: team.slug },
      plan: { tier: 'pro', active: true },
      links: { billing: `https://app.kube9.example/${team.slug}/billing` },
    })
  })

  test('is not shown what a public operator sends as if it were ours', async () => {
    const { data, ...collection } = resourceInventory()
    await cluster.collect({ ...collection, data: { collectionId: data.collectionId, namespaces: { count: 1 } } })
    const token = await openPage(api, editorToken, reference())
    expect(await extensionClient(api, token).reports.workloads.query(reference())).toBeNull()
  })

  test('hears why, when the plan has ended, and gets no data', async () => {
    const token = await openPage(api, editorToken, reference())
    await world.db.team.update({ where: { id: team.id }, data: { plan: 'free' } })
    const paid = 'SUBSCRIPTION_REQUIRED'
    expect(await reportsFor(token, reference())).toEqual(['answered', paid, paid, paid, paid, 'answered'])
    const report = await extensionClient(api, token).reports.cluster.query(reference())
    expect(report.plan).toMatchObject({ active: false, tier: 'free' })
  })

  test('goes on reading a cluster whose key was revoked, since that is what it has to show', async () => {
    const token = await openPage(api, editorToken, reference())
    await revokeApiKey(world.context(team.owner), { teamId: team.id, id: cluster.apiKey.id })
    const report = await extensionClient(api, token).reports.cluster.query(reference())
    expect(report.cluster.apiKey.revokedAt).not.toBeNull()
    expect(new Set(await reportsFor(token, reference()))).toEqual(new Set(['answered']))
  })
})

describe('the extension’s router', () => {
  test('lets in nobody by a cookie, by an API key, or without a token', async () => {
    const client = extensionClient(api)
    expect(await codeOf(client.account.read.query())).toBe('UNAUTHENTICATED')
    const userId = team.owner.kind === 'user' ? team.owner.userId : ''
    const browser = { userId, client: { userAgent: null } }
    const { token } = await createSession(world.context({ kind: 'anonymous' }), browser)
    const byCookie = await askApi(api, '/trpc/extension/account.read', {
      headers: { cookie: `kube9.session=${token}` },
    })
    expect(byCookie.status).toBe(401)
    expect(new Set(await reportsFor(cluster.apiKey.key, reference()))).toEqual(new Set(['UNAUTHENTICATED']))
  })

  test.each<{ name: string; path: string; method?: string; body?: string; code: ErrorCode }>([
    { name: 'a procedure that is not there', path: 'nothing', code: 'NOT_FOUND' },
    { name: 'a body that is no JSON', path: 'clusters.list', body: '{', code: 'INVALID_REQUEST' },
    { name: 'an input that is wrong', path: 'clusters.list?input=%7B%22teamId%22%3A1%7D', code: 'INVALID_REQUEST' },
    { name: 'a mutation by GET', path: 'installations.createKey', code: 'INVALID_REQUEST' },
    { name: 'a batch', path: 'account.read,account.read?batch=1', code: 'INVALID_REQUEST' },
  ])('answers $name in the contract’s form', async ({ path, body, code }) => {
    const answer = await askApi(api, `/trpc/extension/${path}`, {
      key: editorToken,
      ...(body === undefined ? {} : { body }),
    })
    const parsed = JSON.parse(answer.text) as { error: { data: { kube9: unknown } } }
    expect(errorBodySchema.parse(parsed.error.data.kube9).code).toBe(code)
    expect([errorStatuses[code], 405]).toContain(answer.status)
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })
})
