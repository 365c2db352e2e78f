import { createHash } from 'node:crypto'
import type { ServiceContext } from '#server/core/context.ts'
import { addressBucket, countTowards, requireWithinLimit } from '#server/domain/rate-limits/index.ts'
import type { RateLimitRule } from '#server/domain/rate-limits/index.ts'

const MINUTE_SECONDS = 60
const HOUR_SECONDS = 3600

/**
 * `account` counts one address of mail from one network address, `mailbox` the same from everywhere, `network` everything from one
 * network address. Who tries from many networks can use up `mailbox` for passwords; its owner comes in by a mailed link then.
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

/** So often a mailbox gets a link although its limit is used up: before the last link has ended. */
const spareLinkLimit: RateLimitRule = { name: 'mail:spare-link', limit: 1, windowSeconds: 10 * MINUTE_SECONDS }

const tokenLimit: RateLimitRule = { name: 'mail-token:network', limit: 60, windowSeconds: 15 * MINUTE_SECONDS }

export type LimitedCaller = { email: string; clientAddress: string }

/** Throws TOO_MANY_REQUESTS, and SERVICE_UNAVAILABLE when the counts cannot be kept. */
export async function limitSignIn(ctx: ServiceContext, caller: LimitedCaller): Promise<void> {
  await limitAccount(ctx, signInLimits, caller)
}

export async function limitMail(ctx: ServiceContext, caller: LimitedCaller): Promise<void> {
  await limitAccount(ctx, mailLimits, caller)
}

/** For links that let an account's owner in, of whom `mailboxHasRoom` says whether one is mailed. Throws TOO_MANY_REQUESTS. */
export async function limitLinks(ctx: ServiceContext, caller: LimitedCaller): Promise<void> {
  await limitFromNetwork(ctx, mailLimits, caller)
}

/**
 * Whether one more link may be mailed. Where others have used the mailbox's limit up, its owner still has one that works: the
 * last of its kind, or this one.
 */
export async function mailboxHasRoom(
  ctx: ServiceContext,
  email: string,
  kind: 'reset-password' | 'magic-link',
): Promise<boolean> {
  const mailbox = mailboxOf(email)
  if ((await countTowards(ctx, mailLimits.mailbox, mailbox)).passed) return true
  return (await countTowards(ctx, spareLinkLimit, `${kind}:${mailbox}`)).passed
}

export async function limitTokens(ctx: ServiceContext, clientAddress: string): Promise<void> {
  await requireWithinLimit(ctx, tokenLimit, addressBucket(clientAddress))
}

async function limitAccount(ctx: ServiceContext, limits: AccountLimits, caller: LimitedCaller): Promise<void> {
  await limitFromNetwork(ctx, limits, caller)
  await requireWithinLimit(ctx, limits.mailbox, mailboxOf(caller.email))
}

async function limitFromNetwork(ctx: ServiceContext, limits: AccountLimits, caller: LimitedCaller): Promise<void> {
  const network = addressBucket(caller.clientAddress)
  await requireWithinLimit(ctx, limits.network, network)
  await requireWithinLimit(ctx, limits.account, `${mailboxOf(caller.email)}:${network}`)
}

function mailboxOf(email: string): string {
  return createHash('sha256').update(email).digest('base64url')
}
