import type { Metadata } from 'next'
import { SignIn } from '#app/_features/accounts/sign-in.tsx'
import { localPath } from '#app/_lib/local-path.ts'
import { firstOf } from '#app/_lib/search-params.ts'
import type { SearchParams } from '#app/_lib/search-params.ts'
import { leaveWhenSignedIn } from '#app/_server/session.ts'
import { portalFacts } from '#server/trpc/portal-facts.ts'

export const metadata: Metadata = { title: 'Sign in' }

export default async function SignInPage({ searchParams }: { searchParams: SearchParams }) {
  const query = await searchParams
  const { done, error, way } = query
  const next = localPath(query.next, '/home')
  await leaveWhenSignedIn(next)
  return (
    <SignIn
      github={portalFacts().github}
      way={way === 'mail' ? 'mail' : 'password'}
      next={next}
      done={firstOf(done)}
      error={firstOf(error)}
      purpose={firstOf(query['for'])}
    />
  )
}
