import type { Metadata } from 'next'
import { entryOf } from '#app/_features/accounts/entry.ts'
import { Verify } from '#app/_features/accounts/verify.tsx'
import { firstOf } from '#app/_lib/search-params.ts'
import type { SearchParams } from '#app/_lib/search-params.ts'

export const metadata: Metadata = { title: 'Verify your e-mail address', referrer: 'no-referrer' }

export default async function VerifyPage({ searchParams }: { searchParams: SearchParams }) {
  const query = await searchParams
  return <Verify token={firstOf(query['token']) ?? ''} purpose={entryOf(query).purpose} />
}
