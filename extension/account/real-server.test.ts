import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startApi } from '../../test/context/start-api.ts'
import type { TestApi } from '../../test/context/start-api.ts'
import { TestCluster } from '../../test/context/test-cluster.ts'
import { allowEditor, ownerInBrowser } from '../../test/context/test-editor.ts'
import type { Person } from '../../test/context/test-editor.ts'
import { TestWorld } from '../../test/context/test-world.ts'
import type { TestTeam } from '../../test/context/test-world.ts'
import { createAccountCore, signInWith, signOutOf } from './account-core.ts'
import { SignedOutError } from './account.ts'
import { MemorySecrets } from './memory-secrets.ts'
import { createPkce } from './pkce.ts'

let world: TestWorld
let api: TestApi
let team: TestTeam
let person: Person
let folder: string

beforeAll(async () => {
  world = await TestWorld.create()
  api = await startApi(world)
  team = await world.createTeam({ plan: 'pro' })
  person = await ownerInBrowser(world, team)
})

afterAll(async () => {
  await api.close()
  await world.close()
})

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kube9-account-'))
})

afterEach(() => rm(folder, { recursive: true }))

function windowOn(secrets: MemorySecrets) {
  const now = () => world.clock.now().getTime()
  const parts = { secrets, secretsAreShared: false, folderPath: folder, onEnded: () => undefined, now }
  return createAccountCore({ ...parts, serverUrl: api.url })
}

async function signedIn(secrets = new MemorySecrets()) {
  const core = windowOn(secrets)
  await signInWith(await allowEditor(world, person), api.url, core)
  return { core, secrets }
}

const editors = () => world.db.connectedEditor.count({ where: { userId: person.userId } })

describe('the account against the real server', () => {
  it('signs in with what the consent page gave, and knows who and which teams', async () => {
    const { core } = await signedIn()
    const session = await core.store.read()
    expect(session?.account.email).toBe(team.ownerEmail)
    expect((await core.client.readAccount()).teams.map(({ id }) => id)).toEqual([team.id])
  })

  it('is refused with a code that was used, or with the verifier of another attempt', async () => {
    const grant = await allowEditor(world, person)
    const core = windowOn(new MemorySecrets())
    const { verifier } = createPkce()
    await expect(signInWith({ ...grant, codeVerifier: verifier }, api.url, core)).rejects.toMatchObject({
      name: 'ServerError',
      code: 'UNAUTHENTICATED',
    })
    await expect(signInWith(grant, api.url, core)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    expect(await core.store.read()).toBeNull()
  })

  it('is refused with a code that is older than a minute', async () => {
    const grant = await allowEditor(world, person)
    world.clock.advance({ seconds: 61 })
    await expect(signInWith(grant, api.url, windowOn(new MemorySecrets()))).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
      requestId: expect.stringMatching(/./),
    })
  })

  it('goes on for hours in two windows whose secrets never meet', async () => {
    const { core, secrets } = await signedIn()
    const other = windowOn(secrets.copied())
    for (let round = 0; round < 3; round++) {
      await Promise.all([core.client.readAccount(), other.client.readAccount()])
      world.clock.advance({ minutes: 40 })
      await other.client.readAccount()
      world.clock.advance({ minutes: 40 })
    }
    await expect(core.client.readAccount()).resolves.toMatchObject({ email: team.ownerEmail })
  })

  it('changes an access token that the server does not take any more, in the same call', async () => {
    const { core } = await signedIn()
    const before = core.keeper.tokenAtHand
    await world.db.editorAccessToken.deleteMany({})
    await expect(core.client.readAccount()).resolves.toMatchObject({ email: team.ownerEmail })
    expect(core.keeper.tokenAtHand).not.toBe(before)
  })

  it('is signed out when its owner ends it in the portal', async () => {
    const { core, secrets } = await signedIn()
    await world.db.connectedEditor.deleteMany({ where: { userId: person.userId } })
    await expect(core.client.readAccount()).rejects.toBeInstanceOf(SignedOutError)
    expect(secrets.texts.join()).not.toContain('refreshToken')
  })

  it('is gone from the portal once it signed out', async () => {
    const before = await editors()
    const { core } = await signedIn()
    expect(await editors()).toBe(before + 1)
    expect(await signOutOf(core)).toBe(true)
    expect(await editors()).toBe(before)
    await expect(core.client.readAccount()).rejects.toBeInstanceOf(SignedOutError)
  })

  it('makes keys for its own teams alone', async () => {
    const { core } = await signedIn()
    const { key, masked } = await core.client.createInstallationKey({ teamId: team.id, name: 'An editor' })
    expect(key).toMatch(/^kdy_/)
    expect(masked).not.toContain(key.slice(14))
    const stranger = await world.createTeam()
    await expect(core.client.createInstallationKey({ teamId: stranger.id, name: 'x' })).rejects.toMatchObject({
      name: 'ServerError',
      fault: 'refused',
      code: 'NOT_FOUND',
    })
  })

  it('reads the standing of its own clusters, and null for any other', async () => {
    const { core } = await signedIn()
    const cluster = await TestCluster.register(world, team)
    await cluster.beat()
    const reference = { teamId: team.id, clusterId: cluster.clusterId }
    expect(await core.client.readStanding(reference)).toMatchObject({ teamId: team.id, pro: true, refusal: null })
    expect(await core.client.readStanding({ ...reference, clusterId: `cls_${'0'.repeat(32)}` })).toBeNull()
    const { challenge } = createPkce()
    expect(await core.client.issueWebviewCode({ ...reference, challenge })).toMatchObject({ expiresInSeconds: 60 })
  })

  it('leaves no token, code or key in what the server logs', async () => {
    const { core } = await signedIn()
    const { key } = await core.client.createInstallationKey({ teamId: team.id, name: 'An editor' })
    const { refreshToken = '' } = (await core.store.read()) ?? {}
    const logged = world.logged.join('\n')
    for (const secret of [key, refreshToken, core.keeper.tokenAtHand ?? '']) expect(logged).not.toContain(secret)
  })
})
