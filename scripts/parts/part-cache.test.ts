import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { cachedPart } from './part-cache.ts'

let cache: string

beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), 'kube9-parts-'))
  vi.stubEnv('XDG_CACHE_HOME', cache)
})

afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(cache, { recursive: true })
})

const quiet = () => undefined

async function buildProgram(folder: string): Promise<string> {
  await writeFile(join(folder, 'program'), 'content')
  return 'made by a test'
}

test('of callers at the same time one builds, and all get the same part', async () => {
  const build = vi.fn(buildProgram)
  const parts = await Promise.all([1, 2, 3].map(() => cachedPart({ key: 'part-1', build, onProgress: quiet })))
  expect(build).toHaveBeenCalledTimes(1)
  expect(new Set(parts.map(({ folder }) => folder)).size).toBe(1)
  expect(await readFile(join(parts[0]?.folder ?? '', 'program'), 'utf8')).toBe('content')
})

test('a second run builds nothing and still says where the part came from', async () => {
  await cachedPart({ key: 'part-1', build: buildProgram, onProgress: quiet })
  const build = vi.fn(buildProgram)
  const again = await cachedPart({ key: 'part-1', build, onProgress: quiet })
  expect(build).not.toHaveBeenCalled()
  expect(again.origin).toBe('cached, made by a test')
})

test('a build that fails leaves nothing, and the next one succeeds', async () => {
  const failing = () => Promise.reject(new Error('no network'))
  await expect(cachedPart({ key: 'part-1', build: failing, onProgress: quiet })).rejects.toThrow('no network')
  expect(await readdir(join(cache, 'kube9/parts'))).toEqual([])
  await cachedPart({ key: 'part-1', build: buildProgram, onProgress: quiet })
})

test('the lock of a process that has died is taken over', async () => {
  const dead = spawn(process.execPath, ['--version'])
  await once(dead, 'exit')
  await mkdir(join(cache, 'kube9/parts'), { recursive: true })
  await writeFile(join(cache, 'kube9/parts/part-1.lock'), String(dead.pid))
  const part = await cachedPart({ key: 'part-1', build: buildProgram, onProgress: quiet })
  expect(await readFile(join(part.folder, 'program'), 'utf8')).toBe('content')
})
