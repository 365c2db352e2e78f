import type { ServiceContext } from '#server/core/context.ts'
import { ServiceError } from '#server/core/errors.ts'

/** The mailbox's folder. Throws NOT_FOUND wherever mails go to real people. */
export function requireMailbox(ctx: ServiceContext): string {
  if (ctx.env.profile !== 'local' || !ctx.env.mailbox) throw new ServiceError('NOT_FOUND', 'There is no mailbox here.')
  return ctx.env.mailbox.folder
}
