import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import pino from 'pino'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { ServiceContext } from '#server/core/context.ts'
import { MAIL_CHANNEL, queueMail } from '#server/domain/mail/index.ts'
import { systemClock } from '#server/platform/clock.ts'
import { createDatabase } from '#server/platform/database.ts'
import type { Database } from '#server/platform/database.ts'
import { readEnv } from '#server/platform/env.ts'
import { createMailer } from '#server/platform/mailer.ts'
import { createTestDatabase } from '#test/database/create-test-database.ts'
import type { TestDatabase } from '#test/database/create-test-database.ts'
import { sendMail } from './send-mail.ts'

const LINK = 'http://localhost:3000/verify?token=planted-secret-link'

let database: TestDatabase
let db: Database

beforeAll(async () => {
  database = await createTestDatabase()
  db = createDatabase({ url: database.appUrl })
})
afterAll(async () => {
  await db.$disconnect()
  await database.drop()
})

/** A mail server that answers each mail, or each login, with the next of these, and takes all after them. */
async function startServer(refusals: number[], { login = false } = {}): Promise<{ url: string; taken: string[] }> {
  const taken: string[] = []
  const server = new SMTPServer({
    disabledCommands: login ? ['STARTTLS'] : ['AUTH', 'STARTTLS'],
    allowInsecureAuth: true,
    authOptional: !login,
    onAuth: (_auth, _session, done) => {
      const responseCode = refusals.shift()
      if (responseCode === undefined) done(null, { user: 'kube9' })
      else done(Object.assign(new Error('invalid login'), { responseCode }))
    },
    onData: (stream, session, done) => {
      stream.resume().once('end', () => {
        const responseCode = refusals.shift()
        if (responseCode !== undefined) return done(Object.assign(new Error('not now'), { responseCode }))
        taken.push(...session.envelope.rcptTo.map(({ address }) => address))
        done()
      })
    },
  })
  const listener = server.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  onTestFinished(() => new Promise((resolve) => server.close(() => resolve())))
  const person = login ? 'kube9:secret@' : ''
  return { url: `smtp://${person}127.0.0.1:${(listener.address() as AddressInfo).port}`, taken }
}

function context(clock = systemClock, log: string[] = []): ServiceContext {
  const secret = 's'.repeat(44)
  const env = readEnv({
    KUBE9_PROFILE: 'local',
    DATABASE_URL: database.appUrl,
    KEY_PEPPERS: `1:${secret}`,
    AUTH_SECRET: secret,
    SIGNING_SECRET: secret,
  })
  const logger = pino({ level: 'debug' }, { write: (line: string) => void log.push(line) })
  return { db, env, clock, log: logger, requestId: 'test', actor: { kind: 'system', job: 'send-mail' } }
}

/** Several times as fast as the wall's, so that retries need not be waited for. */
function fastClock(): ServiceContext['clock'] {
  const startedAt = Date.now()
  return { now: () => new Date(startedAt + (Date.now() - startedAt) * 200) }
}

function startSending(ctx: ServiceContext, url: string): void {
  const ending = new AbortController()
  const sending = sendMail(ctx, createMailer({ url, from: 'kube9 <hello@kube9.example>' }), ending.signal)
  onTestFinished(async () => {
    ending.abort()
    await sending
  })
}

async function queue(ctx: ServiceContext, to: string): Promise<void> {
  await db.$transaction((tx) => queueMail(ctx, tx, to, { kind: 'verify-address', link: LINK, hours: 24 }))
}

describe('outbox', () => {
  test('a mail waits sealed, goes out as soon as it is queued, once, and its text is wiped', async () => {
    const server = await startServer([])
    const ctx = context()
    startSending(ctx, server.url)
    startSending(ctx, server.url)
    await queue(ctx, 'ada@example.com')
    await expect.poll(() => server.taken).toEqual(['ada@example.com'])
    await expect
      .poll(() => db.outgoingMail.findFirst({ where: { toAddress: 'ada@example.com' } }))
      .toMatchObject({ sentAt: expect.any(Date), sealedBody: null, attempts: 1 })
    expect(server.taken).toHaveLength(1)
  })

  test('what waits cannot be read from the database', async () => {
    await queue(context(), 'sealed@example.com')
    const rows = await db.$queryRaw<
      { row: string; body: Uint8Array }[]
    >`SELECT outgoing_mail::text AS row, sealed_body AS body FROM outgoing_mail WHERE to_address = 'sealed@example.com'`
    expect(rows[0]?.row).not.toContain('planted-secret-link')
    expect(Buffer.from(rows[0]?.body ?? []).toString('latin1')).not.toContain('planted')
    await db.outgoingMail.deleteMany({ where: { toAddress: 'sealed@example.com' } })
  })

  test('a mail of a change that fails is never sent', async () => {
    const ctx = context()
    const change = db.$transaction(async (tx) => {
      await queueMail(ctx, tx, 'rolled-back@example.com', { kind: 'verify-address', link: LINK, hours: 24 })
      throw new Error('the change fails')
    })
    await expect(change).rejects.toThrow('the change fails')
    expect(await db.outgoingMail.count({ where: { toAddress: 'rolled-back@example.com' } })).toBe(0)
  })

  test('a mail that the server refuses for now is tried again until it is taken', async () => {
    const server = await startServer([451, 421, 450])
    const log: string[] = []
    const ctx = context(fastClock(), log)
    await queue(ctx, 'later@example.com')
    startSending(ctx, server.url)
    const takenAfterWakeUp = async () => {
      await db.$executeRaw`SELECT pg_notify(${MAIL_CHANNEL}, '')`
      return server.taken
    }
    await expect.poll(takenAfterWakeUp).toEqual(['later@example.com'])
    expect(log.filter((line) => line.includes('could not be sent'))).toHaveLength(3)
    expect(log.join('')).not.toContain('planted')
  })

  test('a mail that the server refuses because of our login waits until that is mended', async () => {
    const server = await startServer([535, 535, 535], { login: true })
    const ctx = context(fastClock())
    await queue(ctx, 'waits@example.com')
    startSending(ctx, server.url)
    const takenAfterWakeUp = async () => {
      await db.$executeRaw`SELECT pg_notify(${MAIL_CHANNEL}, '')`
      return server.taken
    }
    await expect.poll(takenAfterWakeUp, { timeout: 10_000 }).toEqual(['waits@example.com'])
    expect(await db.outgoingMail.findFirst({ where: { toAddress: 'waits@example.com' } })).toMatchObject({
      failedAt: null,
      attempts: 4,
    })
  })

  test('a mail that the server will never take is given up at once, and its text is wiped', async () => {
    const server = await startServer([550])
    const ctx = context()
    await queue(ctx, 'never@example.com')
    startSending(ctx, server.url)
    await expect
      .poll(() => db.outgoingMail.findFirst({ where: { toAddress: 'never@example.com' } }))
      .toMatchObject({ failedAt: expect.any(Date), sealedBody: null, attempts: 1 })
    expect(server.taken).toEqual([])
  })
})
