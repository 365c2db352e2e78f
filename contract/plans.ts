import { z } from 'zod'

export const tierSchema = z.enum(['free', 'pro'])
export type Tier = z.infer<typeof tierSchema>

/** What a team can buy. `clusterLimit` counts registered clusters; null is no limit. */
export const plans = {
  free: {
    name: 'Free',
    tier: 'free',
    priceMinorPerClusterMonth: 0n,
    currency: 'usd',
    clusterLimit: 0,
    features: [],
  },
  trial: {
    name: 'Pro trial',
    tier: 'pro',
    priceMinorPerClusterMonth: 0n,
    currency: 'usd',
    clusterLimit: 10,
    features: ['insights', 'pro-ui'],
  },
  pro: {
    name: 'Pro',
    tier: 'pro',
    priceMinorPerClusterMonth: 1500n,
    currency: 'usd',
    clusterLimit: null,
    features: ['insights', 'pro-ui'],
  },
} as const satisfies Record<
  string,
  {
    name: string
    tier: Tier
    priceMinorPerClusterMonth: bigint
    currency: string
    clusterLimit: number | null
    features: readonly string[]
  }
>
export type PlanName = keyof typeof plans

export const TRIAL_DAYS = 14
