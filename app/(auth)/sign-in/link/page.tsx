import type { Metadata } from 'next'
import { MagicLink } from '#app/_features/accounts/magic-link.tsx'
import { localPath } from '#app/_lib/local-path.ts'
import { firstOf } from '#app/_lib/search-params.ts'
import type { SearchParams } from '#app/_lib/search-params.ts'

export const metadata: Metadata = { title: 'Sign in', referrer: 'same-origin' }

export default async function MagicLinkPage({ searchParams }: { searchParams: SearchParams }) {
  const { token, email, callbackUrl } = await searchParams
  return <MagicLink token={firstOf(token) ?? ''} email={firstOf(email) ?? ''} next={localPath(callbackUrl, '/home')} />
}
