import type { Metadata } from 'next'
import { entryOf } from '#app/_features/accounts/entry.ts'
import { SignUp } from '#app/_features/accounts/sign-up.tsx'
import type { SearchParams } from '#app/_lib/search-params.ts'
import { leaveWhenSignedIn } from '#app/_server/session.ts'
import { portalFacts } from '#server/trpc/portal-facts.ts'

export const metadata: Metadata = { title: 'Sign up' }

export default async function SignUpPage({ searchParams }: { searchParams: SearchParams }) {
  const entry = entryOf(await searchParams)
  await leaveWhenSignedIn(entry.next)
  return <SignUp github={portalFacts().github} {...entry} />
}
