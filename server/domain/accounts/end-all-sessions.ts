import type { ServiceContext } from '#server/core/context.ts'
import { requireUser } from '#server/core/require-user.ts'

/** Signs all of the caller's browsers out, this one too. Gives back how many. */
export async function endAllSessions(ctx: ServiceContext): Promise<number> {
  const { count } = await ctx.db.session.deleteMany({ where: { userId: requireUser(ctx).userId } })
  return count
}
