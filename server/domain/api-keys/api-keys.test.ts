import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { generateApiKey, parseApiKey } from '#contract/api-key.ts'
import { registerCluster } from '#server/domain/clusters/index.ts'
import { askDatabase } from '#test/database/ask-database.ts'
import { testEnv, testSecret } from '#test/context/test-env.ts'
import { createTestKey, registration } from '#test/context/test-operator.ts'
import { TestWorld } from '#test/context/test-world.ts'
import type { TestTeam } from '#test/context/test-world.ts'
import { admitOperator, createApiKey, listApiKeys, revokeApiKey, verifyApiKey } from './index.ts'

let world: TestWorld
let team: TestTeam
beforeAll(async () => {
  world = await TestWorld.create()
})
afterAll(() => world.close())
beforeEach(async () => {
  team = await world.createTeam()
})

const address = '203.0.113.1'
const nobody = () => world.context({ kind: 'anonymous' })

describe('createApiKey', () => {
  test('shows the whole key once and keeps a digest that does not hold it', async () => {
    const { key, summary } = await createApiKey(world.context(team.owner), { teamId: team.id, name: 'production' })
    expect(parseApiKey(key)).toHaveProperty('key.environment', 'prod')
    expect(summary).toMatchObject({ name: 'production', createdBy: team.ownerEmail, revokedAt: null, clusters: [] })
    const everything =
      JSON.stringify(await world.db.apiKey.findMany({ where: { teamId: team.id } })) +
      JSON.stringify(await world.db.auditEntry.findMany({ where: { teamId: team.id } }))
    expect(everything).not.toContain(key)
    expect(everything).not.toContain(key.slice(19, 41))
    expect(JSON.stringify(await listApiKeys(world.context(team.owner), { teamId: team.id }))).not.toContain(key)
  })

  test('makes keys of the local environment in profile local', async () => {
    const env = testEnv(world.database.appUrl, { KUBE9_PROFILE: 'local', PORTAL_URL: '', API_URL: '' })
    const { key } = await createApiKey(world.context(team.owner, { env }), { teamId: team.id, name: 'laptop' })
    expect(key).toMatch(/^kdy_dev_/)
  })

  test('happens together with its audit row or not at all', async () => {
    await askDatabase(
      world.database.ownerUrl,
      `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no audit today'; END $$`,
    )
    await askDatabase(
      world.database.ownerUrl,
      'CREATE TRIGGER refuse BEFORE INSERT ON audit_log FOR EACH ROW EXECUTE FUNCTION refuse()',
    )
    await expect(createApiKey(world.context(team.owner), { teamId: team.id, name: 'lost' })).rejects.toThrow(
      /no audit today/,
    )
    expect(await world.db.apiKey.count({ where: { teamId: team.id } })).toBe(0)
    await askDatabase(world.database.ownerUrl, 'DROP FUNCTION refuse CASCADE')
  })
})

describe('verifyApiKey', () => {
  test('lets a key in and says whose it is', async () => {
    const { key, id } = await createTestKey(world, team)
    expect(await verifyApiKey(nobody(), { apiKey: key, address })).toEqual({
      teamId: team.id,
      keyId: id,
      scopes: ['operator'],
      expiresAt: null,
    })
  })

  test('refuses what can be no key without asking for keys', async () => {
    const { key } = await createTestKey(world, team)
    const slip = key.slice(0, 12) + (key[12] === 'a' ? 'b' : 'a') + key.slice(13)
    await askDatabase(world.database.ownerUrl, 'REVOKE SELECT ON api_keys FROM kube9_app')
    for (const apiKey of [undefined, '', 'kdy_prod_short', 'sk_live_something', slip]) {
      await expect(verifyApiKey(nobody(), { apiKey, address })).rejects.toMatchObject({ code: 'INVALID_API_KEY' })
    }
    // The same with a key that may be one shows that a look-up would have failed.
    await expect(verifyApiKey(nobody(), { apiKey: generateApiKey('prod'), address })).rejects.not.toMatchObject({
      code: 'INVALID_API_KEY',
    })
    await askDatabase(world.database.ownerUrl, 'GRANT SELECT ON api_keys TO kube9_app')
  })

  test('refuses a key whose look-up id is known and whose secret is another', async () => {
    const { id } = await createTestKey(world, team)
    const other = generateApiKey('prod')
    const parsed = parseApiKey(other)
    if ('fault' in parsed) throw new Error('not a key')
    await world.db.apiKey.update({
      where: { teamId_id: { teamId: team.id, id } },
      data: { lookupId: parsed.key.lookupId },
    })
    await expect(verifyApiKey(nobody(), { apiKey: other, address })).rejects.toMatchObject({ code: 'INVALID_API_KEY' })
  })

  test('tells an expired key from one that is not known', async () => {
    const { key, id } = await createTestKey(world, team)
    await world.db.apiKey.update({
      where: { teamId_id: { teamId: team.id, id } },
      data: { expiresAt: world.clock.now() },
    })
    await expect(verifyApiKey(nobody(), { apiKey: key, address })).rejects.toMatchObject({ code: 'API_KEY_EXPIRED' })
  })
})

describe('keys that were good once', () => {
  test('goes on with keys of an older pepper, and moves them under the current one', async () => {
    const { key, id } = await createTestKey(world, team)
    const withPeppers = (peppers: string) =>
      world.context({ kind: 'anonymous' }, { env: testEnv(world.database.appUrl, { KEY_PEPPERS: peppers }) })
    const [one, two] = [`1:${testSecret('pepper one')}`, `2:${testSecret('pepper two')}`]
    await expect(verifyApiKey(withPeppers(two), { apiKey: key, address })).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      retryAfterSeconds: 30,
    })
    await expect(verifyApiKey(withPeppers(`${one},${two}`), { apiKey: key, address })).resolves.toHaveProperty(
      'keyId',
      id,
    )
    await expect(verifyApiKey(withPeppers(two), { apiKey: key, address })).resolves.toHaveProperty('keyId', id)
    await expect(verifyApiKey(withPeppers(one), { apiKey: key, address })).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
    })
  })

  test('does not count a key that has ended as a failed authentication, so that its owner keeps hearing why', async () => {
    const { key, id } = await createTestKey(world, team)
    await revokeApiKey(world.context(team.owner), { teamId: team.id, id })
    for (let count = 0; count < 70; count++) {
      await expect(verifyApiKey(nobody(), { apiKey: key, address: '203.0.113.50' })).rejects.toMatchObject({
        code: 'INVALID_API_KEY',
        message: expect.stringContaining('revoked') as string,
      })
    }
  })
})

describe('revokeApiKey', () => {
  test('ends a key once, names who did it, and shows the refusal on the cluster that still presents it', async () => {
    const { key, id, actor } = await createTestKey(world, team)
    const sent = registration()
    const { clusterToken } = await registerCluster(world.context(actor), sent)
    await revokeApiKey(world.context(team.owner), { teamId: team.id, id })
    const again = await revokeApiKey(world.context(team.owner), { teamId: team.id, id })
    expect(again.revokedAt).toBe(world.clock.now().toISOString())
    const claim = { operatorVersion: '1.4.2', clusterIdentifier: sent.clusterIdentifier, clusterToken }
    await expect(admitOperator(nobody(), { apiKey: key, address }, claim)).rejects.toMatchObject({
      code: 'INVALID_API_KEY',
    })
    const [summary] = await listApiKeys(world.context(team.owner), { teamId: team.id })
    expect(summary?.clusters).toMatchObject([{ state: 'refused' }])
    const audit = await world.db.auditEntry.findMany({
      where: { teamId: team.id, action: 'api-key.revoked' },
      select: { actorKind: true, actorId: true },
    })
    expect(audit).toEqual([{ actorKind: 'user', actorId: team.owner.kind === 'user' ? team.owner.userId : '' }])
  })

  test('does not let a revoked key mark a cluster whose token it lacks', async () => {
    const { key, id, actor } = await createTestKey(world, team)
    const sent = registration()
    await registerCluster(world.context(actor), sent)
    await revokeApiKey(world.context(team.owner), { teamId: team.id, id })
    await expect(
      admitOperator(nobody(), { apiKey: key, address }, { clusterIdentifier: sent.clusterIdentifier }),
    ).rejects.toMatchObject({ code: 'INVALID_API_KEY' })
    const [summary] = await listApiKeys(world.context(team.owner), { teamId: team.id })
    expect(summary?.clusters).toMatchObject([{ state: 'waiting' }])
  })
})
