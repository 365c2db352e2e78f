import type { ServiceContext } from '#server/core/context.ts'
import { inTransaction } from '#server/core/transaction.ts'
import type { Transaction } from '#server/platform/database.ts'
import { createSealer } from '#server/platform/sealed.ts'
import { generateSigningKeyPair } from '#server/platform/signed-tokens.ts'
import { nextSigningTime, publishedKeysAt } from './schedule.ts'
import type { ScheduledKey } from './schedule.ts'

export const SIGNING_KEY_SEAL_PURPOSE = 'signing key'

/**
 * Sees to it that one key signs and the next one is published, and retires those that nobody needs any more. Several
 * processes may do it at once: they take turns, and the later ones find nothing to do.
 */
export async function rotateSigningKeys(ctx: ServiceContext): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('kube9.signing-keys'))`
    const now = ctx.clock.now()
    const keys: ScheduledKey[] = await tx.signingKey.findMany({
      where: { retiredAt: null },
      select: { kid: true, signsFrom: true },
    })
    // The first round makes the key that signs, the second one the key after it.
    for (let signsFrom = nextSigningTime(keys, now); signsFrom; signsFrom = nextSigningTime(keys, now)) {
      keys.push(await createSigningKey(ctx, tx, signsFrom))
    }
    const published = new Set(publishedKeysAt(keys, now).map((key) => key.kid))
    const over = keys.filter((key) => !published.has(key.kid)).map((key) => key.kid)
    if (over.length === 0) return
    await tx.signingKey.updateMany({
      where: { kid: { in: over } },
      data: { retiredAt: now, sealedPrivate: new Uint8Array() },
    })
  })
}

async function createSigningKey(ctx: ServiceContext, tx: Transaction, signsFrom: Date): Promise<ScheduledKey> {
  const { kid, publicJwk, privateText } = await generateSigningKeyPair()
  const sealedPrivate = createSealer(ctx.env.signingSecret, SIGNING_KEY_SEAL_PURPOSE).seal(privateText)
  await tx.signingKey.create({
    data: { kid, publicJwk, sealedPrivate, createdAt: ctx.clock.now(), signsFrom },
    select: { kid: true },
  })
  return { kid, signsFrom }
}
