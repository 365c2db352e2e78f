import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { withMarkedPart } from '#scripts/docs/marked-part.ts'
import type { MarkedPart } from '#scripts/docs/marked-part.ts'

type ValueSchema = {
  description?: string | undefined
  properties?: Record<string, ValueSchema> | undefined
}
const valueSchema: z.ZodType<ValueSchema> = z.lazy(() =>
  z.object({ description: z.string().optional(), properties: z.record(z.string(), valueSchema).optional() }),
)

const PART: MarkedPart = { name: 'values', writer: 'scripts/build/charts.ts' }

/** A Markdown table of every value of a chart: its path, default and meaning, in the order of its schema. */
export async function valuesTable(chartFolder: string): Promise<string> {
  const schema = valueSchema.parse(JSON.parse(await readFile(join(chartFolder, 'values.schema.json'), 'utf8')))
  const defaults: unknown = parse(await readFile(join(chartFolder, 'values.yaml'), 'utf8'))
  const rows = leavesOf(schema, []).map(({ path, description }) => {
    const value = at(defaults, path)
    return `| \`${path.join('.')}\` | ${value === undefined ? '' : `\`${JSON.stringify(value)}\``} | ${description} |`
  })
  return ['| value | default | meaning |', '|---|---|---|', ...rows].join('\n')
}

/** Puts the table between its two marks in a Markdown file. Throws when they are not there. */
export async function writeValuesTable(file: string, table: string): Promise<void> {
  await writeFile(file, withValuesTable(await readFile(file, 'utf8'), table))
}

export function withValuesTable(markdown: string, table: string): string {
  return withMarkedPart(markdown, PART, table)
}

function leavesOf(schema: ValueSchema, path: string[]): { path: string[]; description: string }[] {
  const properties = Object.entries(schema.properties ?? {})
  if (properties.length === 0) return [{ path, description: schema.description ?? '' }]
  return properties.flatMap(([name, child]) => leavesOf(child, [...path, name]))
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (part, name) => (typeof part === 'object' && part !== null ? (part as Record<string, unknown>)[name] : undefined),
    value,
  )
}
