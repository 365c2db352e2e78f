import type { Metadata } from 'next'
import { Reset } from '#app/_features/accounts/reset.tsx'
import { firstOf } from '#app/_lib/search-params.ts'
import type { SearchParams } from '#app/_lib/search-params.ts'

export const metadata: Metadata = { title: 'Choose a password', referrer: 'no-referrer' }

export default async function ResetPage({ searchParams }: { searchParams: SearchParams }) {
  const { token, from } = await searchParams
  return <Reset token={firstOf(token) ?? ''} verified={from === 'verify'} />
}
