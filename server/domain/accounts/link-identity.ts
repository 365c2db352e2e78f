import type { ServiceContext } from '#server/core/context.ts'

type LinkIdentityInput = { userId: string; provider: string; providerAccountId: string }

/** Lets a person sign in by another service. Tokens that the service gave are not kept: nothing uses them. */
export async function linkIdentity(ctx: ServiceContext, input: LinkIdentityInput): Promise<void> {
  await ctx.db.identity.create({ data: { ...input, createdAt: ctx.clock.now() }, select: { id: true } })
}
