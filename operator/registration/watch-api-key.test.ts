import { lstatSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { generateApiKey } from '#contract/api-key.ts'
import { createLog } from '../log.ts'
import { NO_KEY, readApiKey } from './api-key.ts'
import type { ApiKey } from './api-key.ts'
import { watchApiKey } from './watch-api-key.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kube9-key-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const write = (text: string) => writeFileSync(join(folder, 'apiKey'), text)

describe('the key in the folder', () => {
  test('is read without the spaces and line ends that copying adds', async () => {
    const key = generateApiKey('prod')
    write(`\uFEFF  ${key}\r\n`)
    expect(await readApiKey(folder)).toEqual({ kind: 'present', text: key, id: key.slice(9, 19) })
  })

  test('is none when the folder or the file is missing, or the file is empty', async () => {
    expect(await readApiKey(join(folder, 'missing'))).toEqual(NO_KEY)
    expect(await readApiKey(folder)).toEqual(NO_KEY)
    write(' \n')
    expect(await readApiKey(folder)).toEqual(NO_KEY)
  })

  test('is malformed when a character is wrong or it is something else', async () => {
    const key = generateApiKey('prod')
    write(key.slice(0, -1) + (key.endsWith('x') ? 'y' : 'x'))
    expect(await readApiKey(folder)).toEqual({ kind: 'malformed', fault: 'checksum' })
    write('sk_live_something')
    expect(await readApiKey(folder)).toEqual({ kind: 'malformed', fault: 'shape' })
  })
})

describe('a changed key', () => {
  const seen: ApiKey[] = []
  let ending: AbortController
  const watch = (directory: string) => {
    ending = new AbortController()
    seen.length = 0
    const onChange = (key: ApiKey) => void seen.push(key)
    return watchApiKey({ directory, current: NO_KEY, log: createLog('error'), signal: ending.signal, onChange })
  }

  test('is seen within a second when the kubelet swaps its link, and told once', async () => {
    const [first, second] = [generateApiKey('prod'), generateApiKey('prod')]
    const watching = watch(folder)
    const seenAfterMs = async (...keys: string[]) => {
      const swappedAt = performance.now()
      swap(keys.at(-1) ?? '')
      await vi.waitFor(() => expect(seen).toMatchObject(keys.map((text) => ({ text }))))
      return performance.now() - swappedAt
    }
    const durations = [await seenAfterMs(first), await seenAfterMs(first, second)]
    // The quicker of the two: a machine that is elsewhere for a second says nothing of the watch.
    expect(Math.min(...durations)).toBeLessThan(1_000)
    ending.abort()
    await watching
    expect(seen).toHaveLength(2)
  })

  test('is seen in a folder that is only mounted later', async () => {
    const later = join(folder, 'later')
    const watching = watch(later)
    mkdirSync(later)
    writeFileSync(join(later, 'apiKey'), generateApiKey('prod'))
    await vi.waitFor(() => expect(seen).toMatchObject([{ kind: 'present' }]), { timeout: 10_000 })
    ending.abort()
    await watching
  })

  let versions = 0
  function swap(text: string): void {
    const version = join(folder, `..version-${(versions += 1)}`)
    mkdirSync(version)
    writeFileSync(join(version, 'apiKey'), text)
    symlinkSync(version, join(folder, '..data_tmp'))
    renameSync(join(folder, '..data_tmp'), join(folder, '..data'))
    const link = join(folder, 'apiKey')
    if (!lstatSync(link, { throwIfNoEntry: false })) symlinkSync('..data/apiKey', link)
  }
})
