import type { ServiceContext } from '#server/core/context.ts'
import { createSealer } from '#server/platform/sealed.ts'
import type { Mail } from './mail.ts'
import { MAIL_SEAL_PURPOSE } from './queue.ts'

/** Hands one mail to a mail server. Rejects when it did not take it; `permanent` says that it never will. */
export type DeliverMail = (to: string, mail: Mail, id: string) => Promise<void>

const FIRST_RETRY_MS = 5_000
const LONGEST_RETRY_MS = 10 * 60_000
const MAX_ATTEMPTS = 12
/** Longer than any delivery takes: until then no other worker takes the same mail. */
const CLAIM_MS = 2 * 60_000
const MAX_ERROR_LENGTH = 300

type ClaimedMail = { id: string; toAddress: string; sealedBody: Uint8Array | null; attempts: number }

/**
 * Sends the mail that has waited longest, if any is due. True when there was one, sent or not. A mail that fails is tried again
 * later, ever more seldom, and given up after about two hours; its text is wiped as soon as it is sent or given up.
 */
export async function sendDueMail(ctx: ServiceContext, deliver: DeliverMail): Promise<boolean> {
  const claimed = await claimMail(ctx)
  if (!claimed) return false
  try {
    await deliver(claimed.toAddress, openMail(ctx, claimed), claimed.id)
    await ctx.db.outgoingMail.update({
      where: { id: claimed.id },
      data: { sentAt: ctx.clock.now(), sealedBody: null, lastError: null },
      select: { id: true },
    })
  } catch (error) {
    await recordFailure(ctx, claimed, error)
  }
  return true
}

async function claimMail(ctx: ServiceContext): Promise<ClaimedMail | null> {
  const now = ctx.clock.now()
  const rows = await ctx.db.$queryRaw<ClaimedMail[]>`
    UPDATE outgoing_mail SET attempts = attempts + 1, next_attempt_at = ${new Date(now.getTime() + CLAIM_MS)}
    WHERE id = (
      SELECT id FROM outgoing_mail WHERE sent_at IS NULL AND failed_at IS NULL AND next_attempt_at <= ${now}
      ORDER BY next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED
    )
    RETURNING id, to_address AS "toAddress", sealed_body AS "sealedBody", attempts`
  return rows[0] ?? null
}

function openMail(ctx: ServiceContext, claimed: ClaimedMail): Mail {
  if (!claimed.sealedBody) throw new Error('The mail has no text any more.')
  return JSON.parse(createSealer(ctx.env.signingSecret, MAIL_SEAL_PURPOSE).open(claimed.sealedBody)) as Mail
}

async function recordFailure(ctx: ServiceContext, claimed: ClaimedMail, error: unknown): Promise<void> {
  const now = ctx.clock.now()
  const reason = (error instanceof Error ? error.message : String(error)).slice(0, MAX_ERROR_LENGTH)
  const over = claimed.attempts >= MAX_ATTEMPTS || isPermanent(error)
  ctx.log.warn({ mailId: claimed.id, attempts: claimed.attempts, reason, over }, 'a mail could not be sent')
  await ctx.db.outgoingMail.update({
    where: { id: claimed.id },
    data: over
      ? { failedAt: now, sealedBody: null, lastError: reason }
      : { nextAttemptAt: new Date(now.getTime() + retryDelayMs(claimed.attempts)), lastError: reason },
    select: { id: true },
  })
}

/** The commands of SMTP whose answer is about this mail; all others are about us, such as our login, and hit every mail. */
const ABOUT_THE_MAIL = ['RCPT TO', 'DATA']

/** 5xx of SMTP to one of those: this server will not take this mail, however often it is asked. */
function isPermanent(error: unknown): boolean {
  const { responseCode, command } = error as { responseCode?: unknown; command?: unknown }
  return typeof responseCode === 'number' && responseCode >= 500 && ABOUT_THE_MAIL.includes(String(command))
}

function retryDelayMs(attempts: number): number {
  return Math.min(FIRST_RETRY_MS * 2 ** (attempts - 1), LONGEST_RETRY_MS)
}
