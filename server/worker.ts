import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { ServiceContext } from '#server/core/context.ts'
import { announceOffline } from '#server/jobs/announce-offline.ts'
import { keepPartitions } from '#server/jobs/keep-partitions.ts'
import { removeExpired } from '#server/jobs/remove-expired.ts'
import { rotateKeys } from '#server/jobs/rotate-keys.ts'
import { sendMail } from '#server/jobs/send-mail.ts'
import { systemClock } from '#server/platform/clock.ts'
import { createDatabase } from '#server/platform/database.ts'
import { endOnSignal } from '#server/platform/ending.ts'
import { loadEnv } from '#server/platform/env.ts'
import type { Env } from '#server/platform/env.ts'
import { createLogger } from '#server/platform/logger.ts'
import { receiveMail } from '#server/platform/mailbox.ts'
import type { MailboxReceiver } from '#server/platform/mailbox.ts'
import { createMailer } from '#server/platform/mailer.ts'
import type { Mailer } from '#server/platform/mailer.ts'
import { waitForSchema } from '#server/platform/wait-for-schema.ts'

const SCHEMA_TIMEOUT_MS = 60_000
const LONGEST_END_MS = 15_000
const POOL_SIZE = 4

/** What goes on without a request: mail, and keeping the database in order. */
async function main(): Promise<void> {
  const env = loadEnv()
  const log = createLogger({ name: 'worker', level: env.logLevel })
  const closers: (() => Promise<void>)[] = []
  const { signal } = endOnSignal(log, LONGEST_END_MS, closers)
  const db = createDatabase({ url: env.database.url, poolSize: POOL_SIZE })
  await waitForSchema({ url: env.database.url, timeoutMs: SCHEMA_TIMEOUT_MS, signal })
  const mail = await openMail(env)
  const ctx = (job: string): ServiceContext => ({
    db,
    env,
    log: log.child({ job }),
    clock: systemClock,
    requestId: randomUUID(),
    actor: { kind: 'system', job },
  })
  const jobs = [
    keepPartitions(ctx('keep-partitions'), signal),
    removeExpired(ctx('remove-expired'), signal),
    rotateKeys(ctx('rotate-keys'), signal),
    announceOffline(ctx('announce-offline'), signal),
    ...(mail ? [sendMail(ctx('send-mail'), mail.mailer, signal)] : []),
  ]
  if (!mail) log.warn('SMTP_URL is not set: mails stay in the outbox')
  const health = await answerHealth(env, signal)
  closers.push(
    async () => void (await Promise.all(jobs)),
    async () => closeServer(health),
    async () => mail?.mailbox?.close(),
    () => db.$disconnect(),
  )
  log.info('worker is ready')
}

type OpenMail = { mailer: Mailer; mailbox: MailboxReceiver | null }

/** The configured server, or in profile `local` the development mailbox, over SMTP all the same. */
async function openMail(env: Env): Promise<OpenMail | null> {
  if (env.smtp) return { mailer: createMailer(env.smtp), mailbox: null }
  if (!env.mailbox) return null
  const mailbox = await receiveMail(env.mailbox)
  return {
    mailer: createMailer({ url: `smtp://127.0.0.1:${mailbox.port}`, from: 'kube9 <no-reply@localhost>' }),
    mailbox,
  }
}

/** For whoever watches over processes. Without WORKER_PORT it listens nowhere. */
async function answerHealth(env: Env, ending: AbortSignal): Promise<Server | null> {
  if (env.workerPort === null) return null
  const server = createServer((req, res) => {
    const known = req.url === '/healthz' || req.url === '/readyz'
    const status = known ? (ending.aborted ? 503 : 200) : 404
    res.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${status}\n`)
  })
  server.listen(env.workerPort, env.bindAddress)
  await once(server, 'listening')
  return server
}

function closeServer(server: Server | null): void {
  server?.close()
  server?.closeAllConnections()
}

main().catch((error: unknown) => {
  process.stderr.write(`The worker cannot start: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
