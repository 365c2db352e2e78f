import type { ServiceContext } from '#server/core/context.ts'
import type { MagicLinkRow } from './keep-magic-link.ts'

/** Uses a magic link up: it is gone afterwards, and of two uses at once one alone gets it. Null when there is none. */
export async function useMagicLink(
  ctx: Pick<ServiceContext, 'db'>,
  key: { identifier: string; tokenHash: string },
): Promise<MagicLinkRow | null> {
  const rows = await ctx.db.$queryRaw<MagicLinkRow[]>`
    DELETE FROM magic_links WHERE identifier = ${key.identifier} AND token_hash = ${key.tokenHash}
    RETURNING identifier, token_hash AS "tokenHash", expires_at AS "expiresAt"`
  return rows[0] ?? null
}
