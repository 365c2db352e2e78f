import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { Server } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { freePort } from '#scripts/postgres/free-port.ts'
import { createTestDatabase } from '#test/database/create-test-database.ts'
import { Start, processesUsing } from './run-start.ts'

let dataFolder: string
let ports: Record<string, string>

beforeEach(async () => {
  dataFolder = mkdtempSync(join(tmpdir(), 'kube9-start-'))
  chmodSync(dataFolder, 0o755)
  ports = { PORTAL_PORT: String(await freePort()), API_PORT: String(await freePort()) }
})

afterEach(() => rmSync(dataFolder, { recursive: true, force: true }))

/** The one line that a start which must fail leaves on the terminal. */
async function failingStart(env: Record<string, string>, wrapper: string[] = []): Promise<string> {
  const start = new Start({ dataFolder, env: { ...ports, ...env }, wrapper })
  const code = await start.end()
  expect(code).toBe(1)
  expect(start.stderr).toMatch(/^kube9: [^\n]+\n$/)
  expect(processesUsing(dataFolder)).toEqual([])
  return start.stderr
}

async function listen(host: string): Promise<{ server: Server; port: string }> {
  const server = createServer().listen(0, host)
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { server, port: String(address.port) }
}

const secrets = () => {
  const secret = randomBytes(32).toString('base64')
  return { KEY_PEPPERS: `1:${secret}`, AUTH_SECRET: secret, SIGNING_SECRET: secret }
}

describe('npm start says in one line what to do, ends with 1 and leaves nothing running when', () => {
  test.each(['PORTAL_PORT', 'API_PORT'])('the port of %s is in use', async (variable) => {
    const { server, port } = await listen('127.0.0.1')
    const line = await failingStart({ [variable]: port })
    expect(line).toContain(`Port ${port} is in use`)
    expect(line).toContain(`${variable}=${Number(port) + 1} npm start`)
    server.close()
  })

  test('another program would answer under the name localhost', async () => {
    const { server, port } = await listen('::1')
    expect(await failingStart({ PORTAL_PORT: port })).toContain(`Port ${port} is in use`)
    server.close()
  })

  test('a port is not a number', async () => {
    expect(await failingStart({ PORTAL_PORT: 'http' })).toContain('PORTAL_PORT is not a port')
  })

  test('nothing answers at DATABASE_URL', async () => {
    const url = `postgresql://kube9:geheim@127.0.0.1:${await freePort()}/kube9`
    const line = await failingStart({ DATABASE_URL: url, ...secrets() })
    expect(line).toMatch(/DATABASE_URL: nothing usable answers at 127\.0\.0\.1:\d+ \(ECONNREFUSED\)/)
    expect(line).not.toContain('geheim')
  })

  test('DATABASE_URL is no address of a PostgreSQL', async () => {
    expect(await failingStart({ DATABASE_URL: 'mysql://x/y', ...secrets() })).toContain('not a PostgreSQL address')
  })

  test('the password in DATABASE_URL is wrong, and the database that it names is missing', async () => {
    const database = await createTestDatabase()
    const wrongPassword = new URL(database.appUrl)
    wrongPassword.password = 'geheim'
    const line = await failingStart({ DATABASE_URL: wrongPassword.href, ...secrets() })
    expect(line).toContain('refuses this user or password')
    expect(line).not.toContain('geheim')
    const missing = await failingStart({ DATABASE_URL: `${database.appUrl}_missing`, ...secrets() })
    expect(missing).toContain(`there is no database "${database.name}_missing"`)
    await database.drop()
  })

  test("DATABASE_URL is the user's own and no secrets are given", async () => {
    const database = await createTestDatabase()
    const line = await failingStart({ DATABASE_URL: database.appUrl })
    expect(line).toContain('KEY_PEPPERS, AUTH_SECRET, SIGNING_SECRET are not')
    await database.drop()
  })

  test('a setting reaches beyond this machine', async () => {
    expect(await failingStart({ PORTAL_URL: 'https://kube9.example' })).toContain(
      'PORTAL_URL is not an address of this machine',
    )
    expect(await failingStart({ BIND_ADDRESS: '0.0.0.0' })).toContain('BIND_ADDRESS reaches beyond this machine')
  })

  test.each([
    ['is full before it begins', '4m'],
    ['fills up on the way', '24m'],
  ])('the disk %s', async (_, size) => {
    const line = await failingStart({}, onSmallDisk(size))
    expect(line).toContain(`The disk is full. Free some space where ${dataFolder} lies`)
  })

  test('the secrets of an earlier start are broken', async () => {
    writeFileSync(join(dataFolder, 'secrets.json'), '{"keyPeppers": 1}')
    expect(await failingStart({})).toContain('secrets.json cannot be read. Restore it from a backup')
  })
})

/** Runs a command with a small file system of its own in place of the data folder, which ends with the command. */
function onSmallDisk(size: string): string[] {
  const namespaces = userInfo().uid === 0 ? ['--mount'] : ['--user', '--map-current-user', '--keep-caps', '--mount']
  return [
    'unshare',
    ...namespaces,
    'sh',
    '-c',
    `mount -t tmpfs -o mode=755,size=${size} tmpfs "$KUBE9_DATA_DIR" && exec "$@"`,
    'sh',
  ]
}

describe('before anything is installed', () => {
  const repository = fileURLToPath(new URL('../..', import.meta.url))

  function copyWithoutPackages(): string {
    const folder = join(dataFolder, 'checkout')
    mkdirSync(join(folder, 'scripts'), { recursive: true })
    for (const file of ['package.json', 'package-lock.json', 'scripts/start.mjs', 'scripts/hand-over.mjs']) {
      cpSync(join(repository, file), join(folder, file))
    }
    return folder
  }

  function run(folder: string, env: Record<string, string>) {
    return spawnSync(process.execPath, ['scripts/start.mjs'], {
      cwd: folder,
      encoding: 'utf8',
      env: { NODE_ENV: 'production', ...env },
    })
  }

  test('a missing npm is named', () => {
    const { status, stderr } = run(copyWithoutPackages(), { PATH: '/nonexistent' })
    expect(status).toBe(1)
    expect(stderr).toMatch(/^kube9: npm could not be started [^\n]*Install Node 20 or newer together with npm\.\n$/)
  })

  test('a registry out of reach is named', () => {
    const env = {
      PATH: process.env.PATH ?? '',
      npm_config_registry: 'http://127.0.0.1:9',
      npm_config_fetch_retries: '0',
      npm_config_cache: join(dataFolder, 'cache'),
    }
    const { status, stderr } = run(copyWithoutPackages(), env)
    expect(status).toBe(1)
    expect(stderr).toMatch(/^kube9: npm ci failed: the package registry cannot be reached[^\n]*\n$/)
  })
})
