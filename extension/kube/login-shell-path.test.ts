import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kube9-shell-'))
  vi.resetModules()
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true })
})

/** A shell that greets, as many profiles do, and has a PATH of its own. */
async function useShell(body: string): Promise<() => Promise<string | undefined>> {
  const shell = join(folder, 'shell')
  await writeFile(shell, `#!/bin/sh\necho asked >> '${folder}/asked'\n${body}\n`)
  await chmod(shell, 0o755)
  vi.stubEnv('SHELL', shell)
  return (await import('./login-shell-path.ts')).loginShellPath
}

test.skipIf(process.platform === 'win32')('is the PATH that a terminal has, asked for once', async () => {
  const path = await useShell(
    'echo "Welcome! PATH=/wrong"; PATH=/opt/tools:/bin:/usr/bin; export PATH; eval "$4"; echo bye',
  )
  expect(await path()).toBe('/opt/tools:/bin:/usr/bin')
  await Promise.all([path(), path()])
  expect(await readFile(join(folder, 'asked'), 'utf8')).toBe('asked\n')
})

test.skipIf(process.platform === 'win32')('is nothing where the shell fails', async () => {
  const path = await useShell('exit 1')
  expect(await path()).toBeUndefined()
})
