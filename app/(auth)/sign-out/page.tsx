import type { Metadata } from 'next'
import { SignOut } from '#app/_features/accounts/sign-out.tsx'

export const metadata: Metadata = { title: 'Sign out' }

export default function SignOutPage() {
  return <SignOut />
}
