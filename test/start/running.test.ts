import { once } from 'node:events'
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '#scripts/postgres/free-port.ts'
import { waitFor } from '#test/stack/wait-for.ts'
import { Start, processesUsing } from './run-start.ts'

let dataFolder: string
const starts: Start[] = []
let ports: { PORTAL_PORT: string; API_PORT: string }

beforeAll(async () => {
  dataFolder = mkdtempSync(join(tmpdir(), 'kube9-running-'))
  chmodSync(dataFolder, 0o755)
  ports = { PORTAL_PORT: String(await freePort()), API_PORT: String(await freePort()) }
})

afterAll(() => rmSync(dataFolder, { recursive: true, force: true }))

afterEach(async () => {
  for (const start of starts.splice(0)) await start.kill()
})

function startUntilReady(): Promise<Start> {
  const start = new Start({ dataFolder, env: ports })
  starts.push(start)
  return start.untilReady()
}

const status = async (url: string) => (await fetch(url, { redirect: 'manual' })).status

describe('npm start', () => {
  test('starts everything on loopback, prints the addresses, and ends cleanly on Ctrl-C', async () => {
    const start = await startUntilReady()
    const portal = `http://localhost:${ports.PORTAL_PORT}`
    for (const address of [portal, `http://localhost:${ports.API_PORT}`, `${portal}/charts`, `${portal}/mailbox`]) {
      expect(start.stdout).toContain(address)
    }
    expect(await status(portal)).toBe(200)
    expect(await status(`${portal}/charts/index.yaml`)).toBe(200)
    expect(await status(`http://localhost:${ports.API_PORT}/healthz`)).toBe(200)
    expect(statSync(join(dataFolder, 'secrets.json')).mode & 0o777).toBe(0o600)
    start.interrupt()
    expect(await start.end()).toBe(0)
    expect(start.stderr).toBe('')
    expect(processesUsing(dataFolder)).toEqual([])
  })

  test('comes back the second time with the same data and secrets, and builds nothing', async () => {
    const secrets = readFileSync(join(dataFolder, 'secrets.json'), 'utf8')
    const start = await startUntilReady()
    expect(start.stdout).not.toMatch(/Building|Installing/)
    expect(readFileSync(join(dataFolder, 'secrets.json'), 'utf8')).toBe(secrets)
    start.interrupt()
    await start.end()
  })

  test('refuses to run twice on the same data, and leaves the first one in peace', async () => {
    const first = await startUntilReady()
    const second = new Start({
      dataFolder,
      env: { PORTAL_PORT: String(await freePort()), API_PORT: String(await freePort()) },
    })
    expect(await second.end()).toBe(1)
    expect(second.stderr).toMatch(
      /^kube9: kube9 already runs here \(process \d+\): open http:\/\/localhost:\d+[^\n]*\n$/,
    )
    expect(await status(`http://localhost:${ports.API_PORT}/readyz`)).toBe(200)
    first.interrupt()
    await first.end()
  })

  test('takes over the database of a start that was killed, whose programs ended with it', async () => {
    const first = await startUntilReady()
    const { pid } = JSON.parse(readFileSync(join(dataFolder, 'running.json'), 'utf8')) as { pid: number }
    process.kill(pid, 'SIGKILL')
    await once(first.child, 'close')
    await waitFor('the programs to end', () =>
      processesUsing(dataFolder).every(({ commandLine }) => commandLine.includes('postgres')),
    )
    const second = await startUntilReady()
    second.child.kill('SIGTERM')
    expect(await second.end()).toBe(0)
    expect(processesUsing(dataFolder)).toEqual([])
  })

  test('says which program fell, and ends the others', async () => {
    const start = await startUntilReady()
    const api = processIdOf('server/api.ts')
    process.kill(api, 'SIGKILL')
    expect(await start.end()).toBe(1)
    expect(start.stderr).toMatch(/kube9: The api ended by itself: [^\n]*\n$/)
    expect(processesUsing(dataFolder)).toEqual([])
  })
})

function processIdOf(file: string): number {
  const found = processesUsing(dataFolder).find(({ commandLine }) => commandLine.includes(file))
  if (!found) throw new Error(`${file} does not run`)
  return found.pid
}
