import { setTimeout as delay } from 'node:timers/promises'
import type { ServiceContext } from '#server/core/context.ts'
import { MAIL_CHANNEL, nextMailDue, sendDueMail } from '#server/domain/mail/index.ts'
import type { DeliverMail } from '#server/domain/mail/index.ts'
import type { Mailer } from '#server/platform/mailer.ts'
import { listenForWakeUps } from '#server/platform/wake-ups.ts'
import { writeMail } from './write-mail.ts'

/** Looks at least this often, should a notice be lost. */
const LONGEST_NAP_MS = 15_000
const AFTER_FAULT_MS = 2_000

/** Sends what lies in the outbox, at once when something is put into it, until `signal` aborts and the mail at hand is sent. */
export async function sendMail(ctx: ServiceContext, mailer: Mailer, signal: AbortSignal): Promise<void> {
  const deliver: DeliverMail = async (to, mail, id) => mailer.send({ to, messageId: id, ...writeMail(mail) })
  let nap = new AbortController()
  const wake = () => nap.abort()
  signal.addEventListener('abort', wake)
  const listening = listenForWakeUps({ url: ctx.env.database.url, channel: MAIL_CHANNEL, log: ctx.log, signal }, wake)
  while (!signal.aborted) {
    nap = new AbortController()
    const pauseMs = await sendAllDue(ctx, deliver, signal)
    await delay(pauseMs, undefined, { signal: AbortSignal.any([nap.signal, signal]) }).catch(() => undefined)
  }
  await listening
  mailer.close()
}

/** Gives back how long to wait before the next look, in milliseconds. */
async function sendAllDue(ctx: ServiceContext, deliver: DeliverMail, signal: AbortSignal): Promise<number> {
  try {
    while (!signal.aborted && (await sendDueMail(ctx, deliver))) continue
    const due = await nextMailDue(ctx)
    if (!due) return LONGEST_NAP_MS
    return Math.min(Math.max(due.getTime() - ctx.clock.now().getTime(), 0), LONGEST_NAP_MS)
  } catch (error) {
    ctx.log.warn({ reason: error instanceof Error ? error.message : String(error) }, 'the outbox cannot be read')
    return AFTER_FAULT_MS
  }
}
