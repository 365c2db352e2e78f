import type { ServiceContext } from '#server/core/context.ts'

export type FoundUser = { id: string; email: string; name: string | null; emailVerifiedAt: Date | null }

type UserKey = { id: string } | { email: string } | { provider: string; providerAccountId: string }

const columns = { id: true, email: true, name: true, emailVerifiedAt: true } as const

/** A person by id, by normalised address, or by an identity at another service. */
export async function findUser(ctx: Pick<ServiceContext, 'db'>, key: UserKey): Promise<FoundUser | null> {
  if ('provider' in key) {
    const { provider, providerAccountId } = key
    return ctx.db.user.findFirst({
      where: { deletedAt: null, identities: { some: { provider, providerAccountId } } },
      select: columns,
    })
  }
  return ctx.db.user.findUnique({ where: { ...key, deletedAt: null }, select: columns })
}
