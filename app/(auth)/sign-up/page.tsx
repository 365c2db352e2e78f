import type { Metadata } from 'next'
import { SignUp } from '#app/_features/accounts/sign-up.tsx'
import { leaveWhenSignedIn } from '#app/_server/session.ts'
import { portalFacts } from '#server/trpc/portal-facts.ts'

export const metadata: Metadata = { title: 'Sign up' }

export default async function SignUpPage() {
  await leaveWhenSignedIn()
  return <SignUp github={portalFacts().github} />
}
