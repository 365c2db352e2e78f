import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { countFindings } from './ruler.ts'

let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kube9-ruler-test-'))
  mkdirSync(join(root, 'server'))
})

afterEach(() => rmSync(root, { recursive: true }))

const lines = (count: number) => '  // a line\n'.repeat(count)
const write = (name: string, text: string) => writeFileSync(join(root, 'server', name), text)

test('the ruler counts each kind of finding, and lets components be twice as long', () => {
  write('long-file.ts', lines(301))
  write('long-function.ts', `export function f() {\n${lines(60)}}\n`)
  write('component.tsx', `export function F() {\n${lines(100)}}\n`)
  write('long-component.tsx', `export function F() {\n${lines(120)}}\n`)
  write('parameters.ts', 'export const f = (a, b, c, d, e) => a + b + c + d + e\n')
  write('depth.ts', 'if (a) { if (a) { if (a) { if (a) b() } } }\n')
  write('branches.ts', `export const f = (a) => ${'a ? 1 : '.repeat(10)} 0\n`)
  expect(countFindings(root)).toEqual({
    files: 7,
    findings: { 'max-lines': 1, 'max-lines-per-function': 2, 'max-params': 1, 'max-depth': 1, complexity: 1 },
  })
})
