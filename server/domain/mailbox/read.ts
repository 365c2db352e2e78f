import type { MailboxMail } from '#contract/account-api.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { ServiceError } from '#server/core/errors.ts'
import { readReceivedMail } from '#server/platform/mailbox.ts'
import { requireMailbox } from './require-mailbox.ts'

const LINK = /https?:\/\/[^\s<>"]+/g

/** One mail of the development mailbox, with the links in its text. Throws NOT_FOUND. */
export async function readMailboxMail(ctx: ServiceContext, input: { id: string }): Promise<MailboxMail> {
  const mail = await readReceivedMail(requireMailbox(ctx), input.id)
  if (!mail) throw new ServiceError('NOT_FOUND', 'This mail is not in the mailbox any more.')
  const links = [...mail.text.matchAll(LINK)].map(([link]) => link)
  return { ...mail, receivedAt: mail.receivedAt.toISOString(), links }
}
