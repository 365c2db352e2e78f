import type { ServiceContext } from '#server/core/context.ts'
import type { Transaction } from '#server/platform/database.ts'
import { createSealer } from '#server/platform/sealed.ts'
import type { Mail } from './mail.ts'

/** Wakes the worker. It looks by itself too, so a notice that is lost costs seconds, not the mail. */
export const MAIL_CHANNEL = 'kube9_mail'
export const MAIL_SEAL_PURPOSE = 'outgoing mail'

/**
 * Puts a mail into the outbox, in the transaction of the change that it tells of: both happen, or neither. It lies there
 * sealed, since its links sign people in; the worker sends it.
 */
export async function queueMail(ctx: ServiceContext, tx: Transaction, to: string, mail: Mail): Promise<void> {
  const now = ctx.clock.now()
  await tx.outgoingMail.create({
    data: {
      toAddress: to,
      kind: mail.kind,
      sealedBody: createSealer(ctx.env.signingSecret, MAIL_SEAL_PURPOSE).seal(JSON.stringify(mail)),
      createdAt: now,
      nextAttemptAt: now,
    },
    select: { id: true },
  })
  await tx.$executeRaw`SELECT pg_notify(${MAIL_CHANNEL}, '')`
}
