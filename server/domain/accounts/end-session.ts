import type { ServiceContext } from '#server/core/context.ts'
import { ServiceError } from '#server/core/errors.ts'
import { requireUser } from '#server/core/require-user.ts'

/** Signs one of the caller's own browsers out. Throws NOT_FOUND for anybody else's. */
export async function endSession(ctx: ServiceContext, input: { id: string }): Promise<void> {
  const { userId } = requireUser(ctx)
  const { count } = await ctx.db.session.deleteMany({ where: { id: input.id, userId } })
  if (count === 0) throw new ServiceError('NOT_FOUND', 'This browser is signed out already.')
}
