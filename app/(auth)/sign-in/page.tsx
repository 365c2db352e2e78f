import type { Metadata } from 'next'
import { entryOf } from '#app/_features/accounts/entry.ts'
import { SignIn } from '#app/_features/accounts/sign-in.tsx'
import { firstOf } from '#app/_lib/search-params.ts'
import type { SearchParams } from '#app/_lib/search-params.ts'
import { leaveWhenSignedIn } from '#app/_server/session.ts'
import { portalFacts } from '#server/trpc/portal-facts.ts'

export const metadata: Metadata = { title: 'Sign in' }

export default async function SignInPage({ searchParams }: { searchParams: SearchParams }) {
  const query = await searchParams
  const { done, error, way } = query
  const entry = entryOf(query)
  await leaveWhenSignedIn(entry.next)
  return (
    <SignIn
      github={portalFacts().github}
      way={way === 'mail' ? 'mail' : 'password'}
      done={firstOf(done)}
      error={firstOf(error)}
      {...entry}
    />
  )
}
