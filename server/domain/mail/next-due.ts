import type { ServiceContext } from '#server/core/context.ts'

/** When the next waiting mail is due, or null when none waits. */
export async function nextMailDue(ctx: Pick<ServiceContext, 'db'>): Promise<Date | null> {
  const mail = await ctx.db.outgoingMail.findFirst({
    where: { sentAt: null, failedAt: null },
    orderBy: { nextAttemptAt: 'asc' },
    select: { nextAttemptAt: true },
  })
  return mail?.nextAttemptAt ?? null
}
