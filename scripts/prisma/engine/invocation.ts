import { z } from 'zod'

const datasourceSchema = z.object({ url: z.string().optional(), shadowDatabaseUrl: z.string().optional() })

export interface Invocation {
  /** `can-connect-to-database`, `create-database` or `drop-database`; undefined means: answer requests on stdin. */
  command: string | undefined
  datamodels: string[]
  url: string | undefined
  shadowUrl: string | undefined
  showVersion: boolean
}

/** Reads the arguments that the Prisma CLI gives its schema engine. */
export function readInvocation(args: string[]): Invocation {
  const invocation: Invocation = {
    command: undefined,
    datamodels: [],
    url: undefined,
    shadowUrl: undefined,
    showVersion: args.includes('--version') || args.includes('-V'),
  }
  for (let index = 0; index < args.length; index++) {
    const name = args[index] ?? ''
    if (name !== 'cli' && !name.startsWith('--')) continue
    index++
    take(invocation, name, args[index] ?? '')
  }
  return invocation
}

function take(invocation: Invocation, name: string, value: string): void {
  if (name === 'cli') invocation.command = value
  if (name === '--datamodels') invocation.datamodels.push(value)
  if (name === '--datasource') {
    const datasource = datasourceSchema.parse(JSON.parse(value))
    invocation.url = datasource.url
    invocation.shadowUrl = datasource.shadowDatabaseUrl
  }
}
