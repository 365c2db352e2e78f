import type { ServiceContext } from '#server/core/context.ts'
import { ServiceError } from '#server/core/errors.ts'
import type { Transaction } from '#server/platform/database.ts'
import type { MailTokenPurpose } from '#server/platform/prisma/generated/enums.ts'
import { createSecretToken, hashSecretToken } from '#server/platform/secret-token.ts'

const HOUR_MS = 3_600_000

type NewMailToken = { userId: string; purpose: MailTokenPurpose; hours: number }

/** Makes a secret for a link in a mail. It works once, within `hours`. */
export async function createMailToken(
  ctx: ServiceContext,
  tx: Transaction,
  input: NewMailToken,
): Promise<{ token: string; hash: Uint8Array }> {
  const secret = createSecretToken()
  const now = ctx.clock.now()
  await tx.mailToken.create({
    data: {
      userId: input.userId,
      purpose: input.purpose,
      tokenHash: secret.hash,
      createdAt: now,
      expiresAt: new Date(now.getTime() + input.hours * HOUR_MS),
    },
    select: { id: true },
  })
  return secret
}

/** Uses a token up and gives back whose it was. Throws INVALID_REQUEST when it was used, has expired or never was. */
export async function useMailToken(
  ctx: ServiceContext,
  tx: Transaction,
  token: string,
  purpose: MailTokenPurpose,
): Promise<{ userId: string; hash: Uint8Array }> {
  const hash = hashSecretToken(token)
  const now = ctx.clock.now()
  // One statement, so that of two presses of the button one alone succeeds.
  const used = await tx.mailToken.updateManyAndReturn({
    where: { tokenHash: hash, purpose, usedAt: null, expiresAt: { gt: now }, user: { deletedAt: null } },
    data: { usedAt: now },
    select: { userId: true },
  })
  const [row] = used
  if (!row) throw new ServiceError('INVALID_REQUEST', 'This link was used before or has expired. Ask for a new one.')
  return { userId: row.userId, hash }
}

/** Makes every mail that this person got before worthless. */
export async function voidMailTokens(ctx: ServiceContext, tx: Transaction, userId: string): Promise<void> {
  await tx.mailToken.updateMany({ where: { userId, usedAt: null }, data: { usedAt: ctx.clock.now() } })
}
