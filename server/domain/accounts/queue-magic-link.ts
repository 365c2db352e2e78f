import type { ServiceContext } from '#server/core/context.ts'
import { inTransaction } from '#server/core/transaction.ts'
import { queueMail } from '#server/domain/mail/index.ts'
import { mailboxHasRoom } from './limits.ts'

export const MAGIC_LINK_MINUTES = 15

type QueueMagicLinkInput = { email: string; token: string; callbackUrl: string }

/** Mails a link to the page whose button signs in. Known and unknown addresses get the same one; the click makes the account. */
export async function queueMagicLink(ctx: ServiceContext, input: QueueMagicLinkInput): Promise<void> {
  if (!(await mailboxHasRoom(ctx, input.email, 'magic-link'))) return
  const link = `${ctx.env.addresses.portal}/sign-in/link?${new URLSearchParams(input)}`
  await inTransaction(ctx, (tx) =>
    queueMail(ctx, tx, input.email, { kind: 'magic-link', link, minutes: MAGIC_LINK_MINUTES }),
  )
}
