import { createHash } from 'node:crypto'
import type { ServiceContext } from '#server/core/context.ts'
import { addressBucket, requireWithinLimit } from '#server/domain/rate-limits/index.ts'
import type { RateLimitRule } from '#server/domain/rate-limits/index.ts'

const MINUTE_SECONDS = 60
const HOUR_SECONDS = 3600

/**
 * `account` counts one address of mail from one network address, `mailbox` the same from everywhere, `network` everything from one
 * network address. An account has a tight limit per network address only, so that nobody can lock its owner out from elsewhere.
 */
type AccountLimits = { account: RateLimitRule; mailbox: RateLimitRule; network: RateLimitRule }

const signInLimits: AccountLimits = {
  account: { name: 'sign-in:account', limit: 20, windowSeconds: 15 * MINUTE_SECONDS },
  mailbox: { name: 'sign-in:mailbox', limit: 200, windowSeconds: HOUR_SECONDS },
  network: { name: 'sign-in:network', limit: 100, windowSeconds: 15 * MINUTE_SECONDS },
}

/** Whatever sends a mail counts here: sign-up, reset and magic link together. */
const mailLimits: AccountLimits = {
  account: { name: 'mail:account', limit: 6, windowSeconds: HOUR_SECONDS },
  mailbox: { name: 'mail:mailbox', limit: 12, windowSeconds: HOUR_SECONDS },
  network: { name: 'mail:network', limit: 60, windowSeconds: HOUR_SECONDS },
}

const tokenLimit: RateLimitRule = { name: 'mail-token:network', limit: 60, windowSeconds: 15 * MINUTE_SECONDS }

export type LimitedCaller = { email: string; clientAddress: string }

/** Throws TOO_MANY_REQUESTS, and SERVICE_UNAVAILABLE when the counts cannot be kept. */
export async function limitSignIn(ctx: ServiceContext, caller: LimitedCaller): Promise<void> {
  await limitAccount(ctx, signInLimits, caller)
}

export async function limitMail(ctx: ServiceContext, caller: LimitedCaller): Promise<void> {
  await limitAccount(ctx, mailLimits, caller)
}

export async function limitTokens(ctx: ServiceContext, clientAddress: string): Promise<void> {
  await requireWithinLimit(ctx, tokenLimit, addressBucket(clientAddress))
}

async function limitAccount(ctx: ServiceContext, limits: AccountLimits, caller: LimitedCaller): Promise<void> {
  const network = addressBucket(caller.clientAddress)
  const mailbox = createHash('sha256').update(caller.email).digest('base64url')
  await requireWithinLimit(ctx, limits.network, network)
  await requireWithinLimit(ctx, limits.account, `${mailbox}:${network}`)
  await requireWithinLimit(ctx, limits.mailbox, mailbox)
}
