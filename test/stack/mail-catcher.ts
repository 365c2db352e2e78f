import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { simpleParser } from 'mailparser'
import type { ParsedMail } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import { waitFor } from './wait-for.ts'

export type CaughtMail = { to: string; subject: string; text: string }

/** A real SMTP server that keeps what it receives. */
export class MailCatcher {
  readonly mails: CaughtMail[] = []
  readonly #server: SMTPServer

  private constructor() {
    this.#server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      onData: (stream, session, done) => {
        simpleParser(stream).then(
          (mail) => {
            this.mails.push(
              readMail(
                mail,
                session.envelope.rcptTo.map((recipient) => recipient.address),
              ),
            )
            done()
          },
          (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
        )
      },
    })
  }

  static async start(): Promise<MailCatcher> {
    const catcher = new MailCatcher()
    const listener = catcher.#server.listen(0, '127.0.0.1')
    await once(listener, 'listening')
    return catcher
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.#server.server.address() as AddressInfo).port}`
  }

  /** The link that the newest mail to an address holds and that matches, once it has come. */
  async linkTo(address: string, pattern: RegExp): Promise<string> {
    return waitFor(`a mail to ${address} with a link like ${pattern}`, () =>
      this.mails
        .filter((mail) => mail.to === address)
        .map((mail) => pattern.exec(mail.text)?.[0])
        .findLast((link) => link !== undefined),
    )
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.close(() => resolve()))
  }
}

function readMail(mail: ParsedMail, recipients: string[]): CaughtMail {
  return { to: recipients.join(','), subject: mail.subject ?? '', text: mail.text ?? '' }
}
