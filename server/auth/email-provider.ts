import type { EmailConfig } from 'next-auth/providers/email'
import { z } from 'zod'
import { emailSchema } from '#contract/account-api.ts'
import { MAGIC_LINK_MINUTES, queueMagicLink } from '#server/domain/accounts/index.ts'
import type { PortalRequest } from './portal-request.ts'

/** Sign-in by a link in a mail. The link leads to a page of ours whose button POSTs, since mail scanners follow links. */
export function createEmailProvider(ctx: PortalRequest, refuse: (error: unknown) => void): EmailConfig {
  return {
    id: 'email',
    type: 'email',
    name: 'Email',
    from: '',
    server: '',
    options: {},
    maxAge: MAGIC_LINK_MINUTES * 60,
    normalizeIdentifier: (identifier) => {
      const { data, error } = z.object({ email: emailSchema }).safeParse({ email: identifier })
      if (data) return data.email
      refuse(error)
      throw error
    },
    sendVerificationRequest: async ({ identifier, token, url }) => {
      // next-auth lets addresses of the portal alone come this far; the page of the link takes its path.
      const { pathname, search } = new URL(
        new URL(url).searchParams.get('callbackUrl') ?? '/',
        ctx.env.addresses.portal,
      )
      const callbackUrl = pathname + search
      await queueMagicLink(ctx, { email: identifier, token, callbackUrl })
    },
  }
}
