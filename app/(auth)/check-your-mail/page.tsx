import type { Metadata } from 'next'
import { CheckYourMail, mailReasonOf } from '#app/_features/accounts/check-your-mail.tsx'
import { firstOf } from '#app/_lib/search-params.ts'
import type { SearchParams } from '#app/_lib/search-params.ts'
import { portalFacts } from '#server/trpc/portal-facts.ts'

export const metadata: Metadata = { title: 'Check your mail' }

export default async function CheckYourMailPage({ searchParams }: { searchParams: SearchParams }) {
  const query = await searchParams
  return <CheckYourMail reason={mailReasonOf(firstOf(query['for']))} mailbox={portalFacts().mailbox} />
}
