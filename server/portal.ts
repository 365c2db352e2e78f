import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Server } from 'node:http'
import type { NextServer, NextServerOptions } from 'next/dist/server/next.js'
import { createPortalServer } from '#server/http/portal-server.ts'
import { systemClock } from '#server/platform/clock.ts'
import { createDatabase } from '#server/platform/database.ts'
import { defaultExport } from '#server/platform/default-export.ts'
import { endOnSignal } from '#server/platform/ending.ts'
import { loadEnv } from '#server/platform/env.ts'
import type { Env } from '#server/platform/env.ts'
import { listenForChanges } from '#server/platform/events.ts'
import { createLogger } from '#server/platform/logger.ts'
import type { Logger } from '#server/platform/logger.ts'
import { setPortalServices } from '#server/platform/portal-services.ts'
import type { PortalServices } from '#server/platform/portal-services.ts'
import { createStripe } from '#server/platform/stripe.ts'
import { waitForSchema } from '#server/platform/wait-for-schema.ts'

const SCHEMA_TIMEOUT_MS = 60_000
const DRAIN_MS = 10_000
const LONGEST_END_MS = 15_000

/** app.kube9.io: node:http in front of Next. `--dev` builds pages as they are asked for. */
async function main(): Promise<void> {
  const dev = process.argv.includes('--dev')
  const env = loadEnv()
  const log = createLogger({ name: 'portal', level: env.logLevel })
  const closers: (() => Promise<void>)[] = []
  const ending = endOnSignal(log, LONGEST_END_MS, closers)
  const services = openServices(env, log, ending.signal)
  closers.push(
    () => services.changes.close(),
    () => services.db.$disconnect(),
  )
  setPortalServices(services)
  await waitForSchema({ url: env.database.url, timeoutMs: SCHEMA_TIMEOUT_MS, signal: ending.signal })
  const pages = await startPages(env, dev)
  const server = createPortalServer(services, pages.handle, { dev })
  server.listen(env.portalPort, env.bindAddress)
  await once(server, 'listening')
  closers.unshift(() => drain(server), pages.close)
  log.info({ url: env.addresses.portal, dev }, 'portal is ready')
}

function openServices(env: Env, log: Logger, ending: AbortSignal): PortalServices {
  const { url } = env.database
  return {
    env,
    log,
    ending,
    clock: systemClock,
    db: createDatabase({ url }),
    changes: listenForChanges({ url, log }),
    stripe: createStripe(env),
  }
}

type Pages = { handle: Parameters<typeof createPortalServer>[1]; close: () => Promise<void> }

/** Next and next-auth read these while they are loaded, so they are loaded after. */
async function startPages(env: Env, dev: boolean): Promise<Pages> {
  Object.assign(process.env, {
    NODE_ENV: dev ? 'development' : 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    NEXTAUTH_URL: env.addresses.portal,
  })
  const createPages = defaultExport<(options: NextServerOptions) => NextServer>((await import('next')).default)
  const app = createPages({ dev, dir: fileURLToPath(new URL('..', import.meta.url)) })
  await app.prepare()
  return { handle: app.getRequestHandler(), close: () => app.close() }
}

/** Takes nothing new, and gives what was begun 10 s to finish. Streams have ended by themselves. */
async function drain(server: Server): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  const deadline = setTimeout(() => server.closeAllConnections(), DRAIN_MS)
  await closed
  clearTimeout(deadline)
}

main().catch((error: unknown) => {
  process.stderr.write(`The portal cannot start: ${reasonOf(error)}\n`)
  process.exit(1)
})

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const inUse = 'code' in error && error.code === 'EADDRINUSE'
  return inUse ? 'its port is in use. End what uses it, or set PORTAL_PORT.' : error.message
}
