import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { StartFailure } from './failure.ts'

export interface ProductSettings {
  dataFolder: string
  portalPort: number
  apiPort: number
  /** The user's own PostgreSQL; undefined means the embedded one. */
  databaseUrl: string | undefined
  /** Aborted by Ctrl-C. */
  ending: AbortSignal
}

const port = (name: string, byDefault: number) =>
  z.coerce
    .number()
    .int()
    .min(1)
    .max(65_535)
    .catch((context) => {
      if (context.value === undefined || context.value === '') return byDefault
      throw new StartFailure(
        `${name} is not a port. Give a number from 1024 to 65535, or leave it out for ${byDefault}.`,
      )
    })

/** What the environment says about a start on this machine. */
export function readSettings(env: NodeJS.ProcessEnv, ending: AbortSignal): ProductSettings {
  return {
    dataFolder: env.KUBE9_DATA_DIR || fileURLToPath(new URL('../../.data', import.meta.url)),
    portalPort: port('PORTAL_PORT', 3000).parse(env.PORTAL_PORT),
    apiPort: port('API_PORT', 4000).parse(env.API_PORT),
    databaseUrl: env.DATABASE_URL || undefined,
    ending,
  }
}

/** A port that the environment may choose, for what only some starts have. */
export function readPort(name: string, byDefault: number): number {
  return port(name, byDefault).parse(process.env[name])
}
