import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createAccountCore, signOutOf } from './account-core.ts'
import { SignedOutError } from './account.ts'
import { ContractServer } from './contract-server.ts'
import { MemorySecrets } from './memory-secrets.ts'
import type { Secrets } from './session-store.ts'

const account = {
  userId: '0199a1b0-0000-7000-8000-000000000001',
  email: 'dev@example.com',
  teams: [],
  addresses: { portal: 'https://a.example', charts: 'https://c.example', api: 'https://api.example' },
}

let server: ContractServer
let url: string
let folder: string
let clock: number
let endings: number

beforeEach(async () => {
  server = new ContractServer()
  url = await server.start()
  folder = await mkdtemp(join(tmpdir(), 'kube9-account-'))
  clock = 1_000_000
  endings = 0
})

afterEach(async () => {
  server.stop()
  await rm(folder, { recursive: true })
})

function windowOn(secrets: Secrets, { folderPath = folder, secretsAreShared = false } = {}) {
  const onEnded = () => void endings++
  return createAccountCore({ serverUrl: url, secrets, secretsAreShared, folderPath, onEnded, now: () => clock })
}

/** Seconds pass, for server and windows alike. */
function pass(seconds: number): void {
  server.now += seconds
  clock += seconds * 1000
}

async function signedIn(secrets: MemorySecrets) {
  const first = windowOn(secrets)
  await first.store.begin(server.current, account)
  return first
}

describe('one window', () => {
  it('keeps the access token in memory, and asks for one only when it is needed', async () => {
    const secrets = new MemorySecrets()
    const { keeper, store } = await signedIn(secrets)
    expect((await store.read())?.account.email).toBe('dev@example.com')
    expect(server.refreshes).toBe(0)

    const first = await keeper.accessToken()
    expect(await keeper.accessToken()).toBe(first)
    expect(server.refreshes).toBe(1)
    expect(secrets.texts.join()).not.toContain(first)
  })

  it('refreshes once for many calls at the same time', async () => {
    const { keeper } = await signedIn(new MemorySecrets())
    const tokens = await Promise.all(Array.from({ length: 20 }, () => keeper.accessToken()))
    expect(new Set(tokens).size).toBe(1)
    expect(server.refreshes).toBe(1)
  })

  it('changes a token before it ends, between one and two minutes ahead', async () => {
    const { keeper } = await signedIn(new MemorySecrets())
    const first = await keeper.accessToken()
    pass(900 - 121)
    expect(await keeper.accessToken()).toBe(first)
    pass(62)
    expect(await keeper.accessToken()).not.toBe(first)
  })

  it('changes a refused token once, whoever noticed it first', async () => {
    const { keeper } = await signedIn(new MemorySecrets())
    const refused = await keeper.accessToken()
    const [one, other] = await Promise.all([keeper.tokenAfter(refused), keeper.tokenAfter(refused)])
    expect(one).not.toBe(refused)
    expect(other).toBe(one)
    expect(server.refreshes).toBe(2)
  })

  it('outlives an answer that was lost after the server changed the token', async () => {
    const { keeper } = await signedIn(new MemorySecrets())
    server.lost = 1
    await keeper.accessToken()
    pass(1000)
    await expect(keeper.accessToken()).resolves.toEqual(expect.any(String))
    expect(server.ended).toBe(false)
  })

  it.each([
    ['a fault of the server', 503, '{"error":"x","code":"SERVICE_UNAVAILABLE","message":"Later."}'],
    ['a proxy that answers 401 in its own words', 401, '<html>Log in to the hotel</html>'],
    ['a limit', 429, '{"error":"x","code":"TOO_MANY_REQUESTS","message":"Slower."}'],
  ])('stays signed in under %s', async (_name, status, body) => {
    const { keeper, store } = await signedIn(new MemorySecrets())
    server.trouble = { status, body, remaining: 1 }
    await expect(keeper.accessToken()).rejects.toMatchObject({ name: 'ServerError' })
    expect(await store.read()).not.toBeNull()
    await expect(keeper.accessToken()).resolves.toEqual(expect.any(String))
    expect(endings).toBe(0)
  })

  it('stays signed in while the server is away', async () => {
    const { keeper, store } = await signedIn(new MemorySecrets())
    server.stop()
    await expect(keeper.accessToken()).rejects.toMatchObject({ name: 'ServerError', fault: 'away' })
    expect(await store.read()).not.toBeNull()
  })

  it('signs out when the server says that the sign-in has ended', async () => {
    const secrets = new MemorySecrets()
    const { keeper } = await signedIn(secrets)
    server.ended = true
    await expect(keeper.accessToken()).rejects.toBeInstanceOf(SignedOutError)
    expect(endings).toBe(1)
    expect(secrets.texts.join()).not.toContain('refreshToken')
  })

  it('says nothing of a token in an error', async () => {
    const { keeper, store } = await signedIn(new MemorySecrets())
    const secret = (await store.read())?.refreshToken ?? ''
    server.trouble = { status: 200, body: JSON.stringify({ accessToken: secret }), remaining: 1 }
    const error: unknown = await keeper.accessToken().catch((caught: unknown) => caught)
    expect(error).toMatchObject({ fault: 'unexpected' })
    expect(JSON.stringify([String(error), (error as Error).stack, (error as Error).cause])).not.toContain(secret)
  })
})

describe('two windows', () => {
  it('that refresh at once both go on', async () => {
    const secrets = new MemorySecrets()
    const [one, other] = [await signedIn(secrets), windowOn(secrets)]
    for (let round = 0; round < 3; round++) {
      await Promise.all([one.keeper.accessToken(), other.keeper.accessToken()])
      pass(890)
    }
    expect(server.ended).toBe(false)
    expect(endings).toBe(0)
  })

  it('on two machines, which share no folder, go on by the rule of 30 seconds', async () => {
    const secrets = new MemorySecrets()
    const one = await signedIn(secrets)
    const elsewhere = await mkdtemp(join(tmpdir(), 'kube9-elsewhere-'))
    const other = windowOn(secrets, { folderPath: elsewhere })
    for (let round = 0; round < 3; round++) {
      await Promise.all([one.keeper.accessToken(), other.keeper.accessToken()])
      pass(890)
    }
    expect(endings).toBe(0)
    await rm(elsewhere, { recursive: true })
  })

  it('with copies of the secrets that never meet again go on, hours apart', async () => {
    const secrets = new MemorySecrets()
    const one = await signedIn(secrets)
    const other = windowOn(secrets.copied())
    for (let round = 0; round < 4; round++) {
      await one.keeper.accessToken()
      pass(450)
      await other.keeper.accessToken()
      pass(3600)
    }
    expect(server.refreshes).toBe(8)
    expect(server.ended).toBe(false)
    expect(endings).toBe(0)
  })

  it('share a sign-in that began while both were open, also when their secrets never meet', async () => {
    const secrets = new MemorySecrets()
    const one = windowOn(secrets)
    await one.store.prepare()
    const other = windowOn(secrets.copied())
    expect(await other.store.read()).toBeNull()
    await one.store.begin(server.current, account)
    expect((await other.store.read())?.account.email).toBe('dev@example.com')
    await Promise.all([one.keeper.accessToken(), other.keeper.accessToken()])
    pass(3600)
    await other.keeper.accessToken()
    pass(3600)
    await one.keeper.accessToken()
    expect(server.ended).toBe(false)
  })

  it('take the later of two sign-ins', async () => {
    const secrets = new MemorySecrets()
    const one = await signedIn(secrets)
    const other = windowOn(secrets.copied())
    await one.store.end((await one.store.read())?.family ?? '')
    const { family } = await one.store.begin(server.current, { ...account, email: 'later@example.com' })
    expect(await other.store.read()).toMatchObject({ family, account: { email: 'later@example.com' } })
  })

  it('are both signed out when one signs out, also where a copy of the secret stays', async () => {
    const secrets = new MemorySecrets()
    const one = await signedIn(secrets)
    const copied = secrets.copied()
    const other = windowOn(copied)
    await other.keeper.accessToken()

    expect(await signOutOf(one)).toBe(true)

    expect(copied.texts).toHaveLength(2)
    expect(await other.store.read()).toBeNull()
    await expect(other.keeper.accessToken()).rejects.toBeInstanceOf(SignedOutError)
  })

  it('do not bring a sign-in back that one of them ends while the other refreshes', async () => {
    const secrets = new MemorySecrets()
    const [one, other] = [await signedIn(secrets), windowOn(secrets)]
    const refreshing = other.keeper.accessToken().catch(() => undefined)
    await one.store.end((await one.store.read())?.family ?? '')
    await refreshing
    expect(await other.store.read()).toBeNull()
    expect(secrets.texts.join()).not.toContain('refreshToken')
  })

  it('go on at once when a window died while it held the lock', async () => {
    const { keeper } = await signedIn(new MemorySecrets())
    const gone = spawnSync(process.execPath, ['-e', ''])
    await writeFile(join(folder, 'refresh.lock'), String(gone.pid))
    const startedAt = performance.now()
    await expect(keeper.accessToken()).resolves.toEqual(expect.any(String))
    expect(performance.now() - startedAt).toBeLessThan(5_000)
  })

  it('wait for one another, as long as the other is there', async () => {
    const { keeper } = await signedIn(new MemorySecrets())
    const lock = join(folder, 'refresh.lock')
    await writeFile(lock, String(process.ppid))
    const refreshing = keeper.accessToken()
    await delay(300)
    expect(server.refreshes).toBe(0)
    await rm(lock)
    await refreshing
    expect(server.refreshes).toBe(1)
  })
})

describe('a desktop whose windows on another machine have a folder there and the same secrets', () => {
  let elsewhere: string
  beforeEach(async () => {
    elsewhere = await mkdtemp(join(tmpdir(), 'kube9-elsewhere-'))
  })
  afterEach(() => rm(elsewhere, { recursive: true }))

  /** A window here, and one there that has refreshed, so that each folder holds the sign-in. */
  async function bothSignedIn() {
    const secrets = new MemorySecrets()
    const openThere = () => windowOn(secrets, { secretsAreShared: true, folderPath: elsewhere })
    const here = windowOn(secrets, { secretsAreShared: true })
    await here.store.begin(server.current, account)
    const there = openThere()
    await there.keeper.accessToken()
    return { secrets, here, there, openThere }
  }

  it('signs out there too, also when no window was open there meanwhile', async () => {
    const { here, openThere } = await bothSignedIn()
    expect(await signOutOf(here)).toBe(true)
    const there = openThere()
    expect(await there.store.read()).toBeNull()
    await expect(there.keeper.accessToken()).rejects.toBeInstanceOf(SignedOutError)
    expect(server.refreshes).toBe(1)
  })

  it('keeps the end of a sign-in that a window there refreshes at this moment', async () => {
    const { secrets, here, there } = await bothSignedIn()
    const session = await there.store.read()
    if (session === null) throw new Error('Nobody is signed in.')
    await here.store.end(session.family)
    await there.store.rotate(session, 'r'.repeat(43))
    expect(await there.store.read()).toBeNull()
    expect(secrets.texts.join()).not.toContain('refreshToken')
  })

  it('takes the sign-in of the secrets, however late one began that the folder there still holds', async () => {
    const { here, openThere } = await bothSignedIn()
    const now = vi.spyOn(Date, 'now').mockReturnValue(Date.now() - 3_600_000)
    await signOutOf(here)
    const { family } = await here.store.begin('r'.repeat(43), { ...account, email: 'later@example.com' })
    now.mockRestore()
    expect(await openThere().store.read()).toMatchObject({ family, account: { email: 'later@example.com' } })
  })

  it('goes on with a successor that reached the folder and not the secrets', async () => {
    const { secrets, here } = await bothSignedIn()
    const before = secrets.copied()
    pass(890)
    await here.keeper.accessToken()
    const { sequence, refreshToken } = (await here.store.read()) ?? {}
    const cutOff = windowOn(before, { secretsAreShared: true })
    expect(await cutOff.store.read()).toMatchObject({ sequence, refreshToken })
    expect(before.texts.join()).not.toContain(refreshToken)
  })
})

describe('signing out', () => {
  it('ends it on the server with the newest token', async () => {
    const secrets = new MemorySecrets()
    const one = await signedIn(secrets)
    await one.keeper.accessToken()
    const latest = server.current
    expect(await signOutOf(one)).toBe(true)
    expect(server.revoked).toEqual([latest])
    expect(secrets.texts.join()).not.toContain('refreshToken')
  })

  it('ends it here when the server is away, and says that it was', async () => {
    const secrets = new MemorySecrets()
    const one = await signedIn(secrets)
    server.stop()
    expect(await signOutOf(one)).toBe(false)
    expect(secrets.texts.join()).not.toContain('refreshToken')
  })
})

it('leaves nothing readable in the folder', async () => {
  const { keeper, store } = await signedIn(new MemorySecrets())
  await keeper.accessToken()
  const { refreshToken = '' } = (await store.read()) ?? {}
  for (const name of await readdir(folder)) {
    const text = await readFile(join(folder, name), 'utf8')
    expect(text).not.toContain(refreshToken)
    expect(text).not.toContain(createHash('sha256').update(refreshToken).digest('base64url'))
    expect(text).not.toContain('dev@example.com')
  }
})

it('never shows a token of one server to another', async () => {
  const secrets = new MemorySecrets()
  await signedIn(secrets)
  const parts = { secrets, secretsAreShared: false, folderPath: folder, onEnded: () => undefined }
  const other = createAccountCore({ ...parts, serverUrl: 'https://elsewhere.example' })
  expect(await other.store.read()).toBeNull()
})
