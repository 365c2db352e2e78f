import nodemailer from 'nodemailer'
import type { Env } from './env.ts'

export type MailMessage = { to: string; subject: string; text: string; html: string; messageId: string }
export type Mailer = { send(message: MailMessage): Promise<void>; close(): void }

const CONNECT_TIMEOUT_MS = 10_000
const SOCKET_TIMEOUT_MS = 30_000

/** Sends by SMTP. Rejects with nodemailer's error: `responseCode` is the server's, `command` what it answered to. */
export function createMailer(settings: NonNullable<Env['smtp']>): Mailer {
  const transport = nodemailer.createTransport({
    url: settings.url,
    pool: true,
    maxConnections: 2,
    connectionTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: SOCKET_TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const domain = /@([^>\s]+)/.exec(settings.from)?.[1] ?? 'localhost'
  return {
    async send({ messageId, ...message }) {
      // The same id at every attempt, so that a mail that was taken twice is shown once.
      await transport.sendMail({ ...message, from: settings.from, messageId: `<${messageId}@${domain}>` })
    },
    close: () => transport.close(),
  }
}
