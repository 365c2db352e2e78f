import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const repository = fileURLToPath(new URL('../..', import.meta.url))
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kube9-summary-'))
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'))
})

afterEach(() => rmSync(folder, { recursive: true }))

/** Runs a real vitest over the given files and gives back its last line. */
function lastLine(files: Record<string, string>, env: Record<string, string> = {}): Promise<string> {
  for (const [name, body] of Object.entries(files)) {
    writeFileSync(join(folder, name), `import { beforeAll, describe, expect, test } from 'vitest'\n${body}`)
  }
  const args = [join(repository, 'node_modules/vitest/vitest.mjs'), 'run', '--root', folder]
  const reporters = ['--reporter', 'default', '--reporter', join(repository, 'scripts/test/summary-reporter.ts')]
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [...args, ...reporters],
      { env: { ...process.env, KUBE9_TALLY_FILE: undefined, ...env } },
      (_, stdout) => resolve(stdout.trimEnd().split('\n').at(-1) ?? ''),
    )
  })
}

const dynamicSkip = `test('b', (context) => context${'.skip'}('not here'))\n`

describe('the last line of a test run', () => {
  test('counts what passed, failed and was skipped', async () => {
    const body = `test('a', () => expect(1).toBe(1))\n${dynamicSkip}test('c', () => expect(1).toBe(2))\n`
    expect(await lastLine({ 'a.test.ts': body })).toBe('1 passed, 1 failed, 1 skipped')
  })

  test('counts a file that cannot be loaded and a set-up that throws as failed', async () => {
    const broken = `throw new Error('broken')\n`
    const setUp = `describe('x', () => { beforeAll(() => { throw new Error('no') }); test('a', () => undefined) })\n`
    expect(await lastLine({ 'a.test.ts': broken, 'b.test.ts': setUp })).toBe('0 passed, 2 failed, 1 skipped')
  })

  test('counts an error outside every test as failed', async () => {
    const late = `test('a', async () => { void Promise.reject(new Error('late')); await new Promise((done) => setTimeout(done, 50)) })\n`
    expect(await lastLine({ 'a.test.ts': late })).toBe('1 passed, 1 failed, 0 skipped')
  })

  test('goes to a file instead when a run of several suites asks for it', async () => {
    const file = join(folder, 'tally.json')
    await lastLine({ 'a.test.ts': `test('a', () => undefined)\n` }, { KUBE9_TALLY_FILE: file })
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ passed: 1, failed: 0, skipped: 0, failures: [] })
  })

  test('goes there with the name of each that failed and what it said first', async () => {
    const file = join(folder, 'tally.json')
    const body = `describe('x', () => { test('a', () => { throw new Error('no\\nmore') }) })\n`
    const broken = `throw new Error('broken')\n`
    await lastLine({ 'a.test.ts': body, 'b.test.ts': broken }, { KUBE9_TALLY_FILE: file })
    const { failed, failures } = JSON.parse(readFileSync(file, 'utf8')) as { failed: number; failures: string[] }
    expect([failed, failures.toSorted()]).toEqual([2, ['a.test.ts > x > a: no', 'b.test.ts: broken']])
  })
})
