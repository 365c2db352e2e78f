import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { freePort } from '#scripts/postgres/free-port.ts'
import { MailCatcher } from './mail-catcher.ts'
import { Program } from './program.ts'
import { StackDatabase } from './stack-database.ts'

export type StackOptions = {
  /** Pace of heartbeats, in seconds; fast unless a test needs another. */
  heartbeatSeconds?: number
  /** How clusters reach the API, when it is not the loopback address. */
  apiUrl?: string
  /** The host name of the portal's address, another that means this machine than `localhost`. */
  portalHost?: string
  env?: Record<string, string>
}

export type Stack = {
  portalUrl: string
  /** The API on loopback, as this test reaches it. */
  apiOrigin: string
  apiPort: number
  database: StackDatabase
  mail: MailCatcher
  portal: Program
  api: Program
  worker: Program
  /** The programs' environment, for tests that start one more process of a kind. */
  env: Record<string, string>
  stop(): Promise<void>
}

/**
 * The product in profile `hosted`, as it runs for users: portal, API and worker as three processes, on a PostgreSQL and an SMTP server of
 * their own. Needs a built portal and packaged charts (`npm run build`).
 */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const [database, mail] = await Promise.all([StackDatabase.create(), MailCatcher.start()])
  const [portalPort, apiPort, workerPort] = [await freePort(), await freePort(), await freePort()]
  const portalUrl = `http://${options.portalHost ?? 'localhost'}:${portalPort}`
  const apiOrigin = `http://127.0.0.1:${apiPort}`
  const env = {
    KUBE9_PROFILE: 'hosted',
    BIND_ADDRESS: '127.0.0.1',
    DATABASE_URL: database.appUrl,
    PORTAL_URL: portalUrl,
    API_URL: options.apiUrl ?? apiOrigin,
    // helm resolves no other name of this machine.
    CHARTS_URL: `http://localhost:${portalPort}/charts`,
    CHARTS_DIR: fileURLToPath(new URL('../../dist/charts', import.meta.url)),
    UI_DIR: fileURLToPath(new URL('../../dist/ui', import.meta.url)),
    PORTAL_PORT: String(portalPort),
    API_PORT: String(apiPort),
    WORKER_PORT: String(workerPort),
    SMTP_URL: mail.url,
    MAIL_FROM: 'kube9 <hello@kube9.example>',
    HEARTBEAT_SECONDS: String(options.heartbeatSeconds ?? 2),
    COLLECTION_SECONDS: '5',
    ...secrets(),
    ...options.env,
  }
  const portal = new Program({ file: 'server/portal.ts', env, readyUrl: `http://127.0.0.1:${portalPort}/readyz` })
  const api = new Program({ file: 'server/api.ts', env, readyUrl: `${apiOrigin}/readyz` })
  const worker = new Program({ file: 'server/worker.ts', env, readyUrl: `http://127.0.0.1:${workerPort}/readyz` })
  const stop = async () => {
    await Promise.all([portal, api, worker].map((program) => program.kill('SIGTERM')))
    await Promise.all([mail.stop(), database.remove()])
  }
  try {
    await Promise.all([portal.start(), api.start(), worker.start()])
  } catch (error) {
    await stop()
    throw error
  }
  return { portalUrl, apiOrigin, apiPort, database, mail, portal, api, worker, env, stop }
}

function secrets(): Record<string, string> {
  const secret = () => randomBytes(32).toString('base64')
  return { KEY_PEPPERS: `1:${secret()}`, AUTH_SECRET: secret(), SIGNING_SECRET: secret() }
}
