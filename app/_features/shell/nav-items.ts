import { Boxes, CreditCard, KeyRound, PlugZap, Settings } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'

/** The rooms of a team, in the order of the side bar. `segment` is the part of the address after the team. */
export const navItems: readonly { segment: string; label: string; icon: LucideIcon }[] = [
  { segment: 'clusters', label: 'Clusters', icon: Boxes },
  { segment: 'onboarding', label: 'Connect a cluster', icon: PlugZap },
  { segment: 'api-keys', label: 'API keys', icon: KeyRound },
  { segment: 'billing', label: 'Billing', icon: CreditCard },
  { segment: 'settings', label: 'Settings', icon: Settings },
]
