import { spawnSync } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { toRow } from '#scripts/bench/row.ts'
import type { Row } from '#scripts/bench/row.ts'

const BAR = 17
/** Published code of this field on the same ruler, per 100 files: the best of them. */
const REFERENCE = 17

const repository = fileURLToPath(new URL('..', import.meta.url))
const ROOMS = ['app', 'bench', 'contract', 'operator', 'scripts', 'server', 'test']

const rules = {
  'max-lines': ['error', { max: 300 }],
  'max-lines-per-function': ['error', { max: 60 }],
  complexity: ['error', { max: 10 }],
  'max-depth': ['error', { max: 3 }],
  'max-params': ['error', { max: 4 }],
}
const names: Record<keyof typeof rules, string> = {
  'max-lines': 'files over 300 lines',
  'max-lines-per-function': 'functions over 60 lines (120 in .tsx)',
  complexity: 'complexity over 10',
  'max-depth': 'depth over 3',
  'max-params': 'more than 4 parameters',
}

const reportSchema = z.object({
  diagnostics: z.array(z.object({ code: z.string().optional(), filename: z.string(), message: z.string() })),
})

/** How much of the code is too long, too deep or too branched: findings per 100 files, whole and by kind. */
export function measure(): Promise<Row[]> {
  const { files, findings } = countFindings(repository)
  const perHundred = (count: number) => (100 * count) / files
  const kinds = Object.entries(names).map(([rule, name]) =>
    toRow({ promise: `  ${name}`, value: perHundred(findings[rule] ?? 0), unit: 'per 100 files' }),
  )
  const whole = toRow({
    promise: `${files} files on the ruler`,
    value: perHundred(Object.values(findings).reduce((sum, count) => sum + count, 0)),
    unit: 'per 100 files',
    reference: REFERENCE,
    bar: BAR,
  })
  return Promise.resolve([whole, ...kinds])
}

/** The number of files in the rooms of a repository, and of findings in them by rule. */
export function countFindings(root: string): { files: number; findings: Record<string, number> } {
  const files = globSync(`{${ROOMS.join(',')}}/**/*.{ts,tsx,mjs}`, { cwd: root })
  const findings: Record<string, number> = {}
  for (const rule of lint(root)) findings[rule] = (findings[rule] ?? 0) + 1
  return { files: files.filter((file) => !file.includes('/generated/')).length, findings }
}

/** The rule of each finding. */
function lint(root: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'kube9-ruler-'))
  try {
    return [
      ...runOxlint(root, folder, { ignored: '**/*.tsx', functionLines: 60 }),
      ...runOxlint(root, folder, { ignored: '**/*.{ts,mjs}', functionLines: 120 }),
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function runOxlint(root: string, folder: string, part: { ignored: string; functionLines: number }): string[] {
  const config = join(folder, 'ruler.json')
  const rulesHere = { ...rules, 'max-lines-per-function': ['error', { max: part.functionLines }] }
  writeFileSync(config, JSON.stringify({ plugins: [], categories: { correctness: 'off' }, rules: rulesHere }))
  const oxlint = join(repository, 'node_modules/oxlint/bin/oxlint')
  const ignore = ['**/generated/**', part.ignored].flatMap((pattern) => ['--ignore-pattern', pattern])
  const args = [
    oxlint,
    '-c',
    config,
    '--disable-nested-config',
    '-f',
    'json',
    ...ignore,
    ...ROOMS.filter((room) => existsSync(join(root, room))),
  ]
  const run = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  return reportSchema
    .parse(JSON.parse(run.stdout))
    .diagnostics.map(({ code = '' }) => /\(([^)]+)\)/.exec(code)?.[1] ?? code)
}
