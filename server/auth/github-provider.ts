import type { OAuthConfig } from 'next-auth/providers/oauth'
import { z } from 'zod'
import { emailSchema } from '#contract/account-api.ts'
import type { Env } from '#server/platform/env.ts'

const TIMEOUT_MS = 8_000
const USER_AGENT = 'kube9-portal'

const userSchema = z.object({ id: z.int(), login: z.string(), name: z.string().nullish() })
const emailsSchema = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }))

/** What we read of a GitHub account. `email` is the primary address, and only when GitHub has verified it. */
type GitHubProfile = { sub: string; name: string; email?: string }

/** Sign-in by GitHub, or by a server that speaks like it. */
export function createGitHubProvider(settings: NonNullable<Env['github']>): OAuthConfig<GitHubProfile> {
  const api = apiOf(settings.url)
  return {
    id: 'github',
    name: 'GitHub',
    type: 'oauth',
    clientId: settings.clientId,
    clientSecret: settings.clientSecret,
    client: { token_endpoint_auth_method: 'client_secret_post' },
    authorization: { url: `${settings.url}/login/oauth/authorize`, params: { scope: 'read:user user:email' } },
    token: `${settings.url}/login/oauth/access_token`,
    userinfo: {
      url: `${api}/user`,
      request: async ({ tokens }) => readProfile(api, tokens.access_token ?? ''),
    },
    checks: ['pkce', 'state'],
    profile: (profile) => ({ id: profile.sub, name: profile.name, email: profile.email ?? null }),
  }
}

async function readProfile(api: string, accessToken: string): Promise<GitHubProfile> {
  const [user, emails] = await Promise.all([ask(`${api}/user`, accessToken), ask(`${api}/user/emails`, accessToken)])
  const { id, login, name } = userSchema.parse(user)
  const primary = emailsSchema.parse(emails).find((email) => email.primary && email.verified)
  const email = emailSchema.safeParse(primary?.email)
  return { sub: String(id), name: name ?? login, ...(email.success ? { email: email.data } : {}) }
}

async function ask(url: string, accessToken: string): Promise<unknown> {
  const res = await fetch(url, {
    headers: {
      authorization: `Bearer ${accessToken}`,
      accept: 'application/vnd.github+json',
      'user-agent': USER_AGENT,
    },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })
  if (!res.ok) throw new Error(`GitHub answered ${res.status}.`)
  return res.json()
}

function apiOf(url: string): string {
  return url === 'https://github.com' ? 'https://api.github.com' : url
}
