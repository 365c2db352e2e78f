import { parseArgs } from 'node:util'
import { z } from 'zod'
import { eventQuerySchema } from '#contract/event-query.ts'
import type { EventQuery } from '#contract/event-query.ts'
import { readConfig } from '../config.ts'
import { errorText } from '../log.ts'
import { printAnswer } from '../print-answer.ts'
import { listEvents } from './list-events.ts'

/** `query events list …`: JSON on stdout and 0, or `{error, details}` on stderr and 1. */
export async function runQuery(args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  try {
    const events = listEvents(readConfig(env).events.directory, parseQuery(args))
    await printAnswer(`${JSON.stringify(events)}\n`)
    return 0
  } catch (error) {
    const details = error instanceof z.ZodError ? z.prettifyError(error).replaceAll('\n', ' ') : errorText(error)
    process.stderr.write(`${JSON.stringify({ error: 'The events cannot be listed.', details })}\n`)
    return 1
  }
}

function parseQuery(args: string[]): EventQuery {
  const text = { type: 'string' } as const
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      'object-namespace': text,
      'object-kind': text,
      since: text,
      limit: text,
      offset: text,
      format: { type: 'string', default: 'json' },
    },
  })
  if (positionals.join(' ') !== 'events list') throw new Error('The only query is: events list')
  if (values.format !== 'json') throw new Error('The only format is json.')
  return eventQuerySchema.parse({
    objectNamespace: values['object-namespace'],
    objectKind: values['object-kind'],
    since: values.since,
    limit: values.limit,
    offset: values.offset,
  })
}
