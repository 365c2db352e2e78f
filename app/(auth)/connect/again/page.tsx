import type { Metadata } from 'next'
import { ConnectAgain } from '#app/_features/editors/connect-again.tsx'
import { requireUser } from '#app/_server/session.ts'

export const metadata: Metadata = { title: 'Connect your editor' }

export default async function ConnectAgainPage() {
  const { email } = await requireUser('/connect/again', { for: 'editor' })
  return <ConnectAgain email={email} />
}
