import type { MailboxEntry } from '#contract/account-api.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { listReceivedMail } from '#server/platform/mailbox.ts'
import { requireMailbox } from './require-mailbox.ts'

const SHOWN_MAILS = 50

/** The newest mails of the development mailbox. Throws NOT_FOUND outside profile `local`. */
export async function listMailbox(ctx: ServiceContext): Promise<MailboxEntry[]> {
  const mails = await listReceivedMail(requireMailbox(ctx), SHOWN_MAILS)
  return mails.map(({ id, to, subject, receivedAt }) => ({ id, to, subject, receivedAt: receivedAt.toISOString() }))
}
