import type { Metadata } from 'next'
import { Forgot } from '#app/_features/accounts/forgot.tsx'

export const metadata: Metadata = { title: 'Reset your password' }

export default function ForgotPage() {
  return <Forgot />
}
