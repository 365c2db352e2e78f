import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { incomingMessageToRequest } from '@trpc/server/adapters/node-http'
import pino from 'pino'
import { freePort } from '#scripts/postgres/free-port.ts'
import { handleAuth } from '#server/auth/handle-auth.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { streamPortalEvents } from '#server/http/portal-events.ts'
import { createPortalServer } from '#server/http/portal-server.ts'
import { sendMail } from '#server/jobs/send-mail.ts'
import { systemClock } from '#server/platform/clock.ts'
import { createDatabase } from '#server/platform/database.ts'
import type { Database } from '#server/platform/database.ts'
import { readEnv } from '#server/platform/env.ts'
import type { Env } from '#server/platform/env.ts'
import { listenForChanges } from '#server/platform/events.ts'
import { createMailer } from '#server/platform/mailer.ts'
import { setPortalServices } from '#server/platform/portal-services.ts'
import { handlePortalTrpc } from '#server/trpc/handle-portal-trpc.ts'
import { createTestDatabase } from '#test/database/create-test-database.ts'
import { MailCatcher } from '#test/stack/mail-catcher.ts'

export type TestPortal = {
  url: string
  env: Env
  db: Database
  mail: MailCatcher
  /** Every line that portal and mail job logged. */
  logged(): string
  /** A context for verbs, as nobody or as the person with these memberships. */
  contextFor(actor: ServiceContext['actor']): ServiceContext
  stop(): Promise<void>
}

export type TestPortalOptions = { env?: Record<string, string>; databaseUrl?: string; port?: number }

/**
 * The portal's real front, sign-in, router and mail job in this process, on a real database and a real SMTP server. Only Next
 * is not there: its routes under /api are three lines each, and are these three here.
 */
export async function startTestPortal(options: TestPortalOptions = {}): Promise<TestPortal> {
  const [database, mail] = await Promise.all([createTestDatabase(), MailCatcher.start()])
  const { log, logged } = recordedLog()
  const port = options.port ?? (await freePort())
  const url = `http://localhost:${port}`
  const databaseUrl = options.databaseUrl ?? database.appUrl
  const env = readEnv({ ...settings(url, databaseUrl, mail.url), ...options.env })
  process.env.NEXTAUTH_URL = url
  const ending = new AbortController()
  const db = createDatabase({ url: databaseUrl })
  const changes = listenForChanges({ url: databaseUrl, log })
  const services = { env, db, log, changes, clock: systemClock, stripe: null, ending: ending.signal }
  setPortalServices(services)
  const contextFor = (actor: ServiceContext['actor']): ServiceContext => ({
    env,
    db,
    log,
    actor,
    clock: systemClock,
    requestId: 'test',
  })
  const sending = sendMail(
    contextFor({ kind: 'system', job: 'send-mail' }),
    createMailer({ url: mail.url, from: 'kube9 <hello@kube9.example>' }),
    ending.signal,
  )
  const server = createPortalServer(services, answerRoutes, { dev: false })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    url,
    env,
    db,
    mail,
    logged,
    contextFor,
    async stop() {
      ending.abort()
      server.close()
      server.closeAllConnections()
      await Promise.all([sending, changes.close(), mail.stop()])
      await db.$disconnect()
      await database.drop()
    },
  }
}

const routes: Record<string, (req: Request) => Promise<Response>> = {
  auth: handleAuth,
  trpc: handlePortalTrpc,
  events: streamPortalEvents,
}

async function answerRoutes(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const [, api, room] = (req.url ?? '').split(/[/?]/)
  const route = api === 'api' ? routes[room ?? ''] : undefined
  if (!route) {
    res.writeHead(200, { 'content-type': 'text/html' }).end(`<p>A page</p><pre>${JSON.stringify(req.headers)}</pre>`)
    return
  }
  const answer = await route(incomingMessageToRequest(req, res, { maxBodySize: null }))
  for (const [name, value] of answer.headers) {
    if (name === 'set-cookie') res.appendHeader(name, value)
    else res.setHeader(name, value)
  }
  res.writeHead(answer.status)
  if (!answer.body) res.end()
  else await pipeline(Readable.fromWeb(answer.body as ReadableStream), res).catch(() => res.destroy())
}

function settings(url: string, databaseUrl: string, smtpUrl: string): Record<string, string> {
  const secret = () => randomBytes(32).toString('base64')
  return {
    KUBE9_PROFILE: 'local',
    DATABASE_URL: databaseUrl,
    PORTAL_URL: url,
    SMTP_URL: smtpUrl,
    MAIL_FROM: 'kube9 <hello@kube9.example>',
    KEY_PEPPERS: `1:${secret()}`,
    AUTH_SECRET: secret(),
    SIGNING_SECRET: secret(),
  }
}

function recordedLog(): { log: pino.Logger; logged: () => string } {
  const lines: string[] = []
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString())
      done()
    },
  })
  return { log: pino({ level: 'debug' }, sink), logged: () => lines.join('') }
}
