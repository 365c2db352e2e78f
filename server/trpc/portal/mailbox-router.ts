import { z } from 'zod'
import { mailboxEntrySchema, mailboxMailSchema } from '#contract/account-api.ts'
import { listMailbox, readMailboxMail } from '#server/domain/mailbox/index.ts'
import { portalRouterOf, publicProcedure } from '../portal-init.ts'

/** The development mailbox. It answers in profile `local` alone, to everybody who reaches the loopback address. */
export const mailboxRouter = portalRouterOf({
  list: publicProcedure.output(z.array(mailboxEntrySchema)).query(({ ctx }) => listMailbox(ctx)),

  get: publicProcedure
    .input(mailboxEntrySchema.pick({ id: true }))
    .output(mailboxMailSchema)
    .query(({ ctx, input }) => readMailboxMail(ctx, input)),
})
