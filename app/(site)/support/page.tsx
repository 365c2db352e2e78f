import type { Metadata } from 'next'
import { Support } from '#app/_features/support/support.tsx'

export const metadata: Metadata = { title: 'Support' }

export default function SupportPage() {
  return <Support />
}
