import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ExecCredentialSource } from './exec-credential.ts'
import type { ExecOptions } from './exec-credential.ts'
import type { ExecEntry } from './kubeconfig-schema.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kube9-exec-'))
})
afterEach(() => rm(folder, { recursive: true }))

const credential = (token: string, more: object = {}) =>
  JSON.stringify({ apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status: { token, ...more } })

/** A plugin that notes each of its runs, then does what `body` says. */
async function plugin(body: string, entry: Partial<ExecEntry> = {}, options: Partial<ExecOptions> = {}) {
  const command = join(folder, 'get-token')
  await writeFile(command, `#!/bin/sh\necho run >> '${folder}/runs'\n${body}\n`)
  await chmod(command, 0o755)
  return new ExecCredentialSource(
    { apiVersion: 'client.authentication.k8s.io/v1', command, ...entry },
    { clusterInfo: async () => ({ server: 'https://one.example' }), path: async () => undefined, ...options },
  )
}

async function runs(): Promise<number> {
  return (await readFile(join(folder, 'runs'), 'utf8').catch(() => '')).split('\n').filter(Boolean).length
}

describe('a credential plugin', () => {
  test('runs once for 1,000 calls', async () => {
    const source = await plugin(`sleep 0.1; echo '${credential('secret')}'`)
    const answers = await Promise.all(Array.from({ length: 1000 }, () => source.get()))
    expect(new Set(answers.map(({ token }) => token))).toEqual(new Set(['secret']))
    for (let call = 0; call < 1000; call++) await source.get()
    expect(await runs()).toBe(1)
  })

  test('runs once for 1,000 calls that fail, and again when a person asks', async () => {
    const source = await plugin('sleep 0.1; echo "no session" >&2; exit 3')
    const failures = await Promise.allSettled(Array.from({ length: 1000 }, () => source.get()))
    expect(failures.every(({ status }) => status === 'rejected')).toBe(true)
    for (let call = 0; call < 10; call++) await expect(source.get()).rejects.toThrow(/no session/)
    expect(await runs()).toBe(1)
    source.retry()
    await expect(source.get()).rejects.toThrow()
    expect(await runs()).toBe(2)
  })

  test('runs again when its credential has ended, shortly before it does', async () => {
    const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString()
    const ending = await plugin(`echo '${credential('a', { expirationTimestamp: inSeconds(10) })}'`)
    await ending.get()
    await ending.get()
    expect(await runs()).toBe(2)
    const lasting = await plugin(`echo '${credential('a', { expirationTimestamp: inSeconds(600) })}'`)
    await lasting.get()
    await lasting.get()
    expect(await runs()).toBe(3)
  })

  test('runs again when its credential was refused', async () => {
    const source = await plugin(`echo '${credential('a')}'`)
    source.forget(await source.get())
    await source.get()
    expect(await runs()).toBe(2)
  })

  test('gets its arguments, its environment, the login shell’s PATH and what it may know of the cluster', async () => {
    const args = ['--role', 'a b']
    const env = [{ name: 'REGION', value: 'eu' }]
    const source = await plugin(
      `printf '%s|%s|%s|%s' "$1$2" "$REGION" "$PATH" "$KUBERNETES_EXEC_INFO" > '${folder}/seen'\n/bin/echo '${credential('a')}'`,
      { args, env, provideClusterInfo: true },
      { path: async () => '/bin:/opt/tools' },
    )
    await source.get()
    const [given, region, path, info] = (await readFile(join(folder, 'seen'), 'utf8')).split('|')
    expect([given, region, path]).toEqual(['--rolea b', 'eu', '/bin:/opt/tools'])
    expect(JSON.parse(info ?? '')).toMatchObject({
      apiVersion: 'client.authentication.k8s.io/v1',
      kind: 'ExecCredential',
      spec: { interactive: false, cluster: { server: 'https://one.example' } },
    })
  })

  test.each([
    ['fails', 'echo "session expired" >&2; exit 3', {}, /“.*get-token” failed \(exit 3\)\. It said: session expired/],
    ['says what is no credential', 'echo hello', {}, /“.*get-token” gave something that is no credential/],
    ['needs a terminal', '', { interactiveMode: 'Always' as const }, /“.*get-token” asks questions in a terminal/],
    ['is not there', '', { command: 'kube9-no-such-plugin' }, /“kube9-no-such-plugin” was not found/],
  ])('that %s is named with the reason', async (_name, body, entry, message) => {
    const source = await plugin(body, entry)
    await expect(source.get()).rejects.toMatchObject({
      fault: 'unauthenticated',
      message: expect.stringMatching(message),
    })
  })

  test('that is not there says the kubeconfig’s own hint', async () => {
    const source = await plugin('', { command: 'kube9-no-such-plugin', installHint: 'brew install it' })
    await expect(source.get()).rejects.toMatchObject({ mend: 'brew install it' })
  })

  test('that does not answer is ended after its time, and named', async () => {
    const source = await plugin('exec sleep 30', {}, { timeoutMs: 300 })
    await expect(source.get()).rejects.toThrow(/get-token” did not answer within 0\.3 s/)
  })

  test('never has what it printed in an error', async () => {
    const source = await plugin(`echo '${credential('secret').slice(0, -2)}'`)
    const error = await source.get().catch((fault: unknown) => fault)
    expect(JSON.stringify([error, String(error), (error as Error).cause])).not.toContain('secret')
  })
})
