import type { AuthOptions } from 'next-auth'
import type { CredentialsConfig } from 'next-auth/providers/credentials'
import { credentialsSchema } from '#contract/account-api.ts'
import { ServiceError } from '#server/core/errors.ts'
import { checkCredentials, findUser, limitLinks, SESSION_SECONDS } from '#server/domain/accounts/index.ts'
import type { ProvenPassword } from '#server/domain/accounts/index.ts'
import { createAuthAdapter } from './adapter.ts'
import { beginSession } from './begin-session.ts'
import { cookieName, cookieOptions } from './cookies.ts'
import { createEmailProvider } from './email-provider.ts'
import { createGitHubProvider } from './github-provider.ts'
import type { PortalRequest } from './portal-request.ts'

const FLOW_COOKIE_SECONDS = 15 * 60

/** What next-auth is told for one request. `refuse` hears of an error of ours, of which next-auth would show nothing. */
export function createAuthOptions(ctx: PortalRequest, refuse: (error: unknown) => void): AuthOptions {
  const proof: RequestProof = { password: null }
  return {
    secret: ctx.env.authSecret,
    adapter: createAuthAdapter(ctx),
    providers: [
      credentialsProvider(ctx, proof, refuse),
      createEmailProvider(ctx, refuse),
      ...(ctx.env.github ? [createGitHubProvider(ctx.env.github)] : []),
    ],
    // Sessions do not grow by use: after this time a person signs in again.
    session: { strategy: 'database', maxAge: SESSION_SECONDS, updateAge: SESSION_SECONDS },
    jwt: sessionTokens(ctx, proof),
    cookies: authCookies(ctx.env.profile === 'hosted'),
    useSecureCookies: ctx.env.profile === 'hosted',
    pages: { signIn: '/sign-in', signOut: '/', error: '/sign-in', verifyRequest: '/check-your-mail?for=sign-in' },
    callbacks: {
      signIn: async ({ user, account, email }) => {
        if (email?.verificationRequest) return allowMail(ctx, account?.providerAccountId ?? '', refuse)
        return account?.type !== 'oauth' || Boolean(user.email) || '/sign-in?error=NoVerifiedEmail'
      },
    },
    logger: loggerOf(ctx),
  }
}

/** Between a password that was found right and the session that it begins, next-auth passes on the person alone. */
type RequestProof = { password: ProvenPassword | null }

function credentialsProvider(
  ctx: PortalRequest,
  proof: RequestProof,
  refuse: (error: unknown) => void,
): CredentialsConfig {
  return {
    id: 'credentials',
    type: 'credentials',
    name: 'Password',
    credentials: { email: {}, password: {} },
    authorize: async (given) => {
      try {
        const credentials = credentialsSchema.safeParse(given)
        if (!credentials.success) throw new ServiceError('INVALID_REQUEST', 'Enter your address and your password.')
        proof.password = await checkCredentials(ctx, { ...credentials.data, clientAddress: ctx.client.address })
        return { id: proof.password.userId }
      } catch (error) {
        refuse(error)
        return null
      }
    },
  }
}

async function allowMail(ctx: PortalRequest, email: string, refuse: (error: unknown) => void): Promise<boolean> {
  try {
    await limitLinks(ctx, { email, clientAddress: ctx.client.address })
    return true
  } catch (error) {
    refuse(error)
    return false
  }
}

/** next-auth gives a password's sign-in a JWT even where sessions lie in the database; here its "JWT" is a session's token. */
function sessionTokens(ctx: PortalRequest, proof: RequestProof): NonNullable<AuthOptions['jwt']> {
  return {
    encode: async ({ token }) => {
      const user = token?.sub ? await findUser(ctx, { id: token.sub }) : null
      if (!user) throw new Error('A session was asked for without a user.')
      const { token: session } = await beginSession(ctx, {
        userId: user.id,
        passwordHash: proof.password?.passwordHash,
      })
      return session
    },
    decode: () => null,
  }
}

function authCookies(secure: boolean): NonNullable<AuthOptions['cookies']> {
  const options = cookieOptions(secure)
  const flowOptions = { ...options, maxAge: FLOW_COOKIE_SECONDS }
  return {
    sessionToken: { name: cookieName('session', secure), options },
    callbackUrl: { name: cookieName('callback-url', secure), options },
    csrfToken: { name: cookieName('csrf', secure), options },
    state: { name: cookieName('state', secure), options: flowOptions },
    pkceCodeVerifier: { name: cookieName('pkce', secure), options: flowOptions },
    nonce: { name: cookieName('nonce', secure), options: flowOptions },
  }
}

/** Only the code and the error's own words: the rest may hold addresses and tokens. */
function loggerOf(ctx: PortalRequest): NonNullable<AuthOptions['logger']> {
  return {
    error: (code, metadata) => ctx.log.warn({ code, reason: reasonOf(metadata) }, 'a sign-in failed'),
    warn: (code) => ctx.log.debug({ code }, 'next-auth warns'),
    debug: () => undefined,
  }
}

function reasonOf(metadata: unknown): string | undefined {
  const error = metadata instanceof Error ? metadata : (metadata as { error?: unknown } | undefined)?.error
  return error instanceof Error ? error.message : undefined
}
