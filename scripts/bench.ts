// `npm run bench -- NAME [--json]`: one file of bench/ is one measured promise.
import { globSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { formatTable } from './bench/format-table.ts'
import type { Measure } from './bench/row.ts'

const folder = fileURLToPath(new URL('../bench/', import.meta.url))
const names = globSync('*.ts', { cwd: folder })
  .filter((file) => !file.endsWith('.test.ts'))
  .map((file) => basename(file, '.ts'))
const [name] = process.argv.slice(2).filter((arg) => !arg.startsWith('--'))

if (name === undefined || !names.includes(name)) {
  console.error(`Name a bench: npm run bench -- NAME [--json], where NAME is ${names.sort().join(', ')}.`)
  process.exit(1)
}
const { measure } = (await import(`${folder}${name}.ts`)) as { measure: Measure }
const rows = await measure()
console.log(process.argv.includes('--json') ? JSON.stringify({ name, rows }) : formatTable(rows))
process.exit(rows.every((row) => row.met) ? 0 : 1)
