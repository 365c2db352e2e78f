import type { ImportRow } from './import-table.ts'

interface Pattern {
  regex?: string
  group?: string[]
  allowTypeImports?: boolean
  message: string
}

interface ImportOverride {
  files: string[]
  excludeFiles: string[]
  rules: { 'no-restricted-imports': ['error', { patterns: Pattern[] }] }
}

const TESTS = ['**/*.test.{ts,tsx}']

/** The rows of the import table as oxlint overrides. */
export function importOverrides(table: ImportRow[]): ImportOverride[] {
  return table.map((row) => ({
    files: row.files,
    excludeFiles: TESTS,
    rules: { 'no-restricted-imports': ['error', { patterns: patternsOf(row) }] },
  }))
}

// oxlint stops at the first group that re-admits a specifier, so the types-only patterns must come before it.
function patternsOf(row: ImportRow): Pattern[] {
  const types = row.types ?? []
  const room = row.files.join(', ')
  const everything = row.packages === 'all' ? ['#*/**', '../**'] : ['**']
  const packages = row.packages === 'all' ? [] : row.packages
  const admitted = ['./**', ...packages, ...row.values, ...types].map((glob) => `!${escape(glob)}`)
  return [
    ...types.map((glob) => ({
      regex: toRegex(glob),
      allowTypeImports: true,
      message: `${room} may import types of this alone.`,
    })),
    {
      group: [...everything.map(escape), ...admitted, ...(row.never ?? []).map(escape)],
      message: `${room} may not import this; the table stands in scripts/lint/import-table.ts.`,
    },
  ]
}

// In gitignore syntax a leading # begins a comment.
function escape(glob: string): string {
  return glob.startsWith('#') ? `\\${glob}` : glob
}

function toRegex(glob: string): string {
  const source = glob
    .replaceAll('.', '\\.')
    .replaceAll('**', '\u0000')
    .replaceAll('*', '[^/]*')
    .replaceAll('\u0000', '.*')
  return `^${source}$`
}
