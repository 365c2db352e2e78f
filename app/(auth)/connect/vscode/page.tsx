import type { Metadata } from 'next'
import { Connect } from '#app/_features/editors/connect.tsx'
import { ConnectRefused } from '#app/_features/editors/connect-refused.tsx'
import type { SearchParams } from '#app/_lib/search-params.ts'
import { ask } from '#app/_server/ask.ts'
import { requireUser } from '#app/_server/session.ts'

export const metadata: Metadata = { title: 'Connect your editor', referrer: 'no-referrer' }

/** What an address asks for is judged before anybody is asked to sign in. */
export default async function ConnectPage({ searchParams }: { searchParams: SearchParams }) {
  const query = await searchParams
  const proposal = await ask((portal) => portal.editors.describe(query))
  if (!proposal.ok) return <ConnectRefused proposal={proposal} />
  const path = `/connect/vscode?${new URLSearchParams(proposal.request)}`
  const { email } = await requireUser(path, { for: 'editor' })
  return <Connect proposal={proposal} email={email} path={path} />
}
