import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { simpleParser } from 'mailparser'
import type { ParsedMail } from 'mailparser'
import { SMTPServer } from 'smtp-server'

/** A mail of the development mailbox: a file `<id>.eml` as it came over SMTP. Ids sort by the time of arrival. */
export type ReceivedMail = { id: string; to: string; from: string; subject: string; receivedAt: Date; text: string }

const MAX_MAIL_BYTES = 1024 * 1024
const EXTENSION = '.eml'

export type MailboxReceiver = { port: number; close(): Promise<void> }

/** A real SMTP server on loopback that keeps what it receives as files. For profile `local` alone. */
export async function receiveMail(options: { folder: string; smtpPort: number }): Promise<MailboxReceiver> {
  await mkdir(options.folder, { recursive: true, mode: 0o700 })
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    size: MAX_MAIL_BYTES,
    onData: (stream, _session, done) => {
      keepMail(options.folder, stream).then(() => done(), done)
    },
  })
  const listener = server.listen(options.smtpPort, '127.0.0.1')
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    listener.once('listening', resolve)
  })
  const address = listener.address()
  return {
    port: typeof address === 'object' && address ? address.port : options.smtpPort,
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}

async function keepMail(folder: string, stream: AsyncIterable<Buffer>): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  const id = `${Date.now().toString(36).padStart(9, '0')}-${randomUUID()}`
  const path = join(folder, id + EXTENSION)
  // Renamed when whole, so that no page reads half a mail.
  await writeFile(`${path}.part`, Buffer.concat(chunks), { mode: 0o600 })
  await rename(`${path}.part`, path)
}

/** The newest mails first, at most `limit`. */
export async function listReceivedMail(folder: string, limit: number): Promise<ReceivedMail[]> {
  const files = await readdir(folder).catch(emptyWhenAbsent)
  const ids = files.filter((file) => file.endsWith(EXTENSION)).map((file) => file.slice(0, -EXTENSION.length))
  const newest = ids.toSorted().toReversed().slice(0, limit)
  const mails = await Promise.all(newest.map((id) => readReceivedMail(folder, id)))
  return mails.filter((mail) => mail !== null)
}

/** One mail, or null. The id must have been checked: it becomes a part of a path. */
export async function readReceivedMail(folder: string, id: string): Promise<ReceivedMail | null> {
  const path = join(folder, id + EXTENSION)
  try {
    const [source, { mtime }] = await Promise.all([readFile(path), stat(path)])
    return describeMail(id, mtime, await simpleParser(source))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

function describeMail(id: string, receivedAt: Date, mail: ParsedMail): ReceivedMail {
  const to = Array.isArray(mail.to) ? mail.to.map((address) => address.text).join(', ') : (mail.to?.text ?? '')
  return { id, to, from: mail.from?.text ?? '', subject: mail.subject ?? '', receivedAt, text: mail.text ?? '' }
}

function emptyWhenAbsent(error: unknown): string[] {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
  throw error
}
