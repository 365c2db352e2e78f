import type { Account } from '#contract/extension-api.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { ServiceError } from '#server/core/errors.ts'
import { listTeams } from '#server/domain/teams/index.ts'
import { findUser } from './find-user.ts'

/** Who a connected editor is signed in as, and where things are. Throws UNAUTHENTICATED and FORBIDDEN for any other caller. */
export async function readAccount(ctx: ServiceContext): Promise<Account> {
  const { actor } = ctx
  if (actor.kind === 'webview')
    throw new ServiceError('FORBIDDEN', 'A page inside an editor may only read its cluster.')
  if (actor.kind !== 'editor') throw new ServiceError('UNAUTHENTICATED', 'Sign in to go on.')
  const [user, teams] = await Promise.all([findUser(ctx, { id: actor.userId }), listTeams(ctx)])
  if (!user) throw new ServiceError('UNAUTHENTICATED', 'This account is gone.')
  return { userId: user.id, email: user.email, teams, addresses: ctx.env.addresses }
}
