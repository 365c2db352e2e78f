import { parseArgs } from 'node:util'
import { z } from 'zod'
import { readConfig } from '../config.ts'
import { errorText } from '../log.ts'
import { printAnswer } from '../print-answer.ts'
import { listEgress, readEgress } from './read-egress.ts'
import type { EgressEntry } from './read-egress.ts'

const MAX_LIMIT = 1_000

const argumentsSchema = z.discriminatedUnion('verb', [
  z.object({ verb: z.literal('list'), limit: z.coerce.number().int().min(1).max(MAX_LIMIT).default(50) }),
  z.object({ verb: z.literal('show'), id: z.coerce.number('must be the number of a request').int().positive() }),
])

/** `egress list` and `egress show ID`: the answer on stdout and 0, or `{error, details}` on stderr and 1. */
export async function runEgress(args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  try {
    const { asJson, wanted } = parseCommand(args)
    const { directory } = readConfig(env).events
    const output =
      wanted.verb === 'list' ? listText(directory, wanted.limit, asJson) : showText(directory, wanted.id, asJson)
    await printAnswer(output)
    return 0
  } catch (error) {
    const details = error instanceof z.ZodError ? z.prettifyError(error).replaceAll('\n', ' ') : errorText(error)
    process.stderr.write(`${JSON.stringify({ error: 'What left the cluster cannot be shown.', details })}\n`)
    return 1
  }
}

function parseCommand(args: string[]) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { limit: { type: 'string' }, format: { type: 'string', default: 'text' } },
  })
  const [verb, id, ...more] = positionals
  if ((verb !== 'list' && verb !== 'show') || more.length > 0)
    throw new Error('There is egress list and egress show ID.')
  if (values.format !== 'text' && values.format !== 'json') throw new Error('The formats are text and json.')
  return { asJson: values.format === 'json', wanted: argumentsSchema.parse({ verb, id, limit: values.limit }) }
}

function listText(directory: string, limit: number, asJson: boolean): string {
  const entries = listEgress(directory, limit)
  return asJson ? `${JSON.stringify({ requests: entries })}\n` : tableOf(entries)
}

/** The body alone, without so much as a line's end, so that it can be compared and piped; as JSON with all around it. */
function showText(directory: string, id: number, asJson: boolean): Buffer | string {
  const found = readEgress(directory, id)
  if (!found) throw new Error(`There is no request ${id}, or it is so old that it was dropped.`)
  return asJson ? `${JSON.stringify({ ...found.entry, body: found.body.toString('utf8') })}\n` : found.body
}

function tableOf(entries: readonly EgressEntry[]): string {
  if (entries.length === 0) return 'Nothing has left this cluster.\n'
  const rows = [
    ['ID', 'SENT', 'METHOD', 'PATH', 'BYTES', 'ANSWER'],
    ...entries.map((entry) => [
      String(entry.id),
      entry.sentAt,
      entry.method,
      entry.path,
      String(entry.bytes),
      String(entry.status ?? entry.fault ?? 'none yet'),
    ]),
  ]
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? []
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  return `${lines.join('\n')}\n`
}
