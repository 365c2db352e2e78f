import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { LocalSecrets } from './secrets.ts'
import type { ProductSettings } from './settings.ts'

export type ProgramEnvironment = Record<string, string> & { NODE_ENV: 'production' }

interface Source {
  settings: ProductSettings
  databaseUrl: string
  /** Undefined with a database of the user's, whose secrets the environment holds. */
  secrets: LocalSecrets | undefined
  ports: { worker: number; mail: number }
}

// What the environment decides whoever started us; the rest of it would only leak into the programs.
const NEVER_PASSED_ON = ['DATABASE_OWNER_URL', 'NODE_OPTIONS']

/** The environment of the three programs: the user's settings, and what a local installation adds where they say nothing. */
export function programEnvironment(source: Source): ProgramEnvironment {
  const { settings, databaseUrl, secrets, ports } = source
  const made: Record<string, string> = {
    MAILBOX_DIR: join(settings.dataFolder, 'mailbox'),
    MAILBOX_SMTP_PORT: String(ports.mail),
    CHARTS_DIR: fileURLToPath(new URL('../../dist/charts', import.meta.url)),
    UI_DIR: fileURLToPath(new URL('../../dist/ui', import.meta.url)),
    ...(secrets && {
      KEY_PEPPERS: secrets.keyPeppers,
      AUTH_SECRET: secrets.authSecret,
      SIGNING_SECRET: secrets.signingSecret,
    }),
  }
  const given = Object.entries(process.env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && entry[1] !== '' && !NEVER_PASSED_ON.includes(entry[0]),
  )
  return {
    ...made,
    ...Object.fromEntries(given),
    KUBE9_PROFILE: 'local',
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    DATABASE_URL: databaseUrl,
    PORTAL_PORT: String(settings.portalPort),
    API_PORT: String(settings.apiPort),
    WORKER_PORT: String(ports.worker),
  }
}
