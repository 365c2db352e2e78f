import type { ServiceContext } from '#server/core/context.ts'
import { queueMail } from '#server/domain/mail/index.ts'
import type { Transaction } from '#server/platform/database.ts'
import type { RegisteredCluster } from './registered-row.ts'

/** Mails the team's owners that a cluster was forked, in the transaction that forked it. */
export async function tellOwnersOfFork(
  ctx: ServiceContext,
  tx: Transaction,
  teamId: string,
  fork: RegisteredCluster,
): Promise<void> {
  const team = await tx.team.findUniqueOrThrow({
    where: { id: teamId },
    select: {
      name: true,
      slug: true,
      memberships: { where: { role: 'owner' }, select: { user: { select: { email: true } } } },
    },
  })
  const clusterLink = `${ctx.env.addresses.portal}/${team.slug}/clusters/${fork.id}`
  for (const { user } of team.memberships) {
    await queueMail(ctx, tx, user.email, {
      kind: 'cluster-forked',
      clusterName: fork.name,
      clusterLink,
      teamName: team.name,
    })
  }
}
