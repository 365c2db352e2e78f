import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const named = roomsOf(readFileSync(`${ROOT}/ARCHITECTURE.md`, 'utf8'))

/** Rooms whose own rooms are listed one by one. */
const OPENED = ['app', 'server', 'operator', 'scripts', 'test']

test('every room that ARCHITECTURE.md names exists', () => {
  expect(named.length).toBeGreaterThan(40)
  expect(named.filter((room) => !existsSync(`${ROOT}/${room}`))).toEqual([])
})

test('ARCHITECTURE.md names every room that exists', () => {
  const tracked = execFileSync('git', ['ls-files'], { cwd: ROOT, encoding: 'utf8' }).split('\n')
  const folders = new Set(tracked.flatMap((file) => roomsAbove(file)))
  const unnamed = [...folders].filter((folder) => !named.includes(folder))
  expect(unnamed).toEqual([])
})

/** The top room of a file, and the room in it where those are listed. */
function roomsAbove(file: string): string[] {
  const [top = '', second = '', third] = file.split('/')
  if (second === '' || top.startsWith('.')) return []
  return third !== undefined && OPENED.includes(top) ? [top, `${top}/${second}`] : [top]
}

/** Paths in the listing: a line that is indented stands in the room above it. */
function roomsOf(markdown: string): string[] {
  const listing = /```text\n([\s\S]*?)```/.exec(markdown)?.[1] ?? ''
  let top = ''
  return listing
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const name = line.trim().split(/\s/)[0]?.replace(/\/$/, '') ?? ''
      if (!line.startsWith(' ')) top = name
      return line.startsWith(' ') ? `${top}/${name}` : top
    })
}
