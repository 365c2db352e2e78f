import type { Metadata } from 'next'
import { Landing } from '#app/_features/landing/landing.tsx'

export const metadata: Metadata = {
  title: { absolute: 'kube9: understand your Kubernetes clusters where you write code' },
}

export default function LandingPage() {
  return <Landing />
}
