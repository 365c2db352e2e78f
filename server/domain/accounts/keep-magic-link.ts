import type { ServiceContext } from '#server/core/context.ts'

export type MagicLinkRow = { identifier: string; tokenHash: string; expiresAt: Date }

/** Remembers a magic link by the hash of its token. */
export async function keepMagicLink(ctx: Pick<ServiceContext, 'db'>, link: MagicLinkRow): Promise<void> {
  await ctx.db.magicLink.create({ data: link, select: { identifier: true } })
}
