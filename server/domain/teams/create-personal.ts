import { randomInt } from 'node:crypto'
import { TRIAL_DAYS } from '#contract/plans.ts'
import { writeAuditEntry } from '#server/core/audit.ts'
import type { ServiceContext } from '#server/core/context.ts'
import type { Transaction } from '#server/platform/database.ts'

const DAY_MS = 24 * 3_600_000
const SUFFIX_LENGTH = 5
/** Without characters that are read for one another, and without vowels, so that no word comes of it. */
const SUFFIX_CHARACTERS = '23456789bcdfghjkmnpqrstvwxz'

/** Gives a person their own team with a trial of Pro, named after them, in the transaction that verifies their address. */
export async function createPersonalTeam(
  ctx: ServiceContext,
  tx: Transaction,
  owner: { userId: string },
): Promise<{ teamId: string }> {
  const now = ctx.clock.now()
  const person = await tx.user.findUniqueOrThrow({ where: { id: owner.userId }, select: { email: true, name: true } })
  const trialEndsAt = new Date(now.getTime() + TRIAL_DAYS * DAY_MS)
  const { id: teamId } = await tx.team.create({
    data: { name: `${firstNameOf(person)}’s team`, slug: slugFor(person), plan: 'trial', trialEndsAt, createdAt: now },
    select: { id: true },
  })
  await tx.membership.create({
    data: { teamId, userId: owner.userId, role: 'owner', createdAt: now },
    select: { teamId: true },
  })
  // The person acts by a link from a mail or another service's word, so there may be no session yet.
  const actor = { kind: 'user', userId: owner.userId, sessionId: '', memberships: [] } as const
  await writeAuditEntry({ ...ctx, actor }, tx, {
    teamId,
    action: 'team.created',
    target: { kind: 'team', id: teamId },
    change: { plan: 'trial', trialEndsAt: trialEndsAt.toISOString() },
  })
  return { teamId }
}

type Person = { email: string; name: string | null }

function firstNameOf(person: Person): string {
  const name = person.name?.trim().split(/\s+/)[0] ?? localPartOf(person).split(/[._-]/)[0] ?? ''
  return name === '' ? 'My' : name.charAt(0).toUpperCase() + name.slice(1, 40)
}

/** Never a word alone: pages of the portal such as /docs stand beside the teams'. */
function slugFor(person: Person): string {
  const suffix = Array.from({ length: SUFFIX_LENGTH }, () =>
    SUFFIX_CHARACTERS.charAt(randomInt(SUFFIX_CHARACTERS.length)),
  ).join('')
  const base = localPartOf(person)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 32)
  return `${base === '' ? 'team' : base}-${suffix}`
}

function localPartOf(person: Person): string {
  return (person.email.split('@')[0] ?? '').split('+')[0] ?? ''
}
