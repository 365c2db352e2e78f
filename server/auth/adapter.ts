import type { Adapter, AdapterUser } from 'next-auth/adapters'
import {
  createVerifiedAccount,
  endSessionOfToken,
  findSession,
  findUser,
  keepMagicLink,
  linkIdentity,
  useMagicLink,
} from '#server/domain/accounts/index.ts'
import type { FoundUser } from '#server/domain/accounts/index.ts'
import { beginSession } from './begin-session.ts'
import type { PortalRequest } from './portal-request.ts'

/**
 * next-auth's view of our accounts. Session tokens are made and hashed by the verbs, so the ones that next-auth makes are not
 * used. Every user that it creates has a proven address: by a magic link, or by the word of the service signed in with.
 */
export function createAuthAdapter(ctx: PortalRequest): Adapter {
  return {
    createUser: async (user: Omit<AdapterUser, 'id'>) => {
      const { userId } = await createVerifiedAccount(ctx, { email: user.email, name: user.name ?? null })
      return adapterUserOf(await findUser(ctx, { id: userId })) ?? gone()
    },
    getUser: async (id) => adapterUserOf(await findUser(ctx, { id })),
    // An account that waits for verification is nobody's yet: next-auth creates the user then, which takes it over.
    getUserByEmail: async (email) => {
      const user = await findUser(ctx, { email })
      return user?.emailVerifiedAt ? adapterUserOf(user) : null
    },
    getUserByAccount: async ({ provider, providerAccountId }) =>
      adapterUserOf(await findUser(ctx, { provider, providerAccountId })),
    updateUser: async ({ id }) => adapterUserOf(await findUser(ctx, { id })) ?? gone(),
    linkAccount: async ({
      userId,
      provider,
      providerAccountId,
    }: {
      userId: string
      provider: string
      providerAccountId: string
    }) => linkIdentity(ctx, { userId, provider, providerAccountId }),
    createSession: async ({ userId }) => {
      const { token, expiresAt } = await beginSession(ctx, { userId })
      return { sessionToken: token, userId, expires: expiresAt }
    },
    getSessionAndUser: async (sessionToken) => {
      const found = await findSession(ctx, sessionToken)
      if (!found) return null
      const user = { ...found.user, emailVerified: null }
      return { session: { sessionToken, userId: user.id, expires: found.expiresAt }, user }
    },
    updateSession: () => null,
    deleteSession: (sessionToken) => endSessionOfToken(ctx, sessionToken),
    createVerificationToken: async (link) => {
      await keepMagicLink(ctx, { identifier: link.identifier, tokenHash: link.token, expiresAt: link.expires })
      return link
    },
    useVerificationToken: async ({ identifier, token }) => {
      const link = await useMagicLink(ctx, { identifier, tokenHash: token })
      return link && { identifier: link.identifier, token: link.tokenHash, expires: link.expiresAt }
    },
  }
}

function adapterUserOf(user: FoundUser | null): AdapterUser | null {
  return user && { id: user.id, email: user.email, name: user.name, emailVerified: user.emailVerifiedAt }
}

function gone(): never {
  throw new Error('The account was removed while its owner signed in.')
}
