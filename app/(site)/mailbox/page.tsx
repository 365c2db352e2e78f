import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Mailbox } from '#app/_features/mailbox/mailbox.tsx'
import { firstOf } from '#app/_lib/search-params.ts'
import type { SearchParams } from '#app/_lib/search-params.ts'
import { ask } from '#app/_server/ask.ts'
import { portalFacts } from '#server/trpc/portal-facts.ts'

export const metadata: Metadata = { title: 'Development mailbox', referrer: 'no-referrer' }

export default async function MailboxPage({ searchParams }: { searchParams: SearchParams }) {
  if (!portalFacts().mailbox) notFound()
  const entries = await ask((portal) => portal.mailbox.list())
  const id = firstOf((await searchParams)['mail']) ?? entries[0]?.id
  const selected = id ? await ask((portal) => portal.mailbox.get({ id })) : null
  return <Mailbox entries={entries} selected={selected} renderedAt={new Date().toISOString()} />
}
