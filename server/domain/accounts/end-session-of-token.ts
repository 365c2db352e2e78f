import type { ServiceContext } from '#server/core/context.ts'
import { hashSecretToken } from '#server/platform/secret-token.ts'

/** Signs out the browser that holds this token. An unknown token is no fault. */
export async function endSessionOfToken(ctx: Pick<ServiceContext, 'db'>, token: string): Promise<void> {
  await ctx.db.session.deleteMany({ where: { tokenHash: hashSecretToken(token) } })
}
