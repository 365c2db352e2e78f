import { plans } from '#contract/plans.ts'
import type { PlanName, Tier } from '#contract/plans.ts'
import type { TeamSummary } from '#contract/portal-api.ts'

/** What is read of a team to judge its plan. */
export type TeamPlan = { plan: PlanName; trialEndsAt: Date | null }

/** What a team's plan gives at one moment. `endedAt` is when it stopped giving anything. */
export type PlanState = {
  name: PlanName
  label: string
  active: boolean
  tier: Tier
  features: readonly string[]
  clusterLimit: number | null
  trialEndsAt: Date | null
  endedAt: Date | null
}

/** Judges a plan. A trial that is over gives what Free gives; the data stays. */
export function planStateOf(team: TeamPlan, now: Date): PlanState {
  const over = team.plan === 'trial' && team.trialEndsAt !== null && team.trialEndsAt <= now
  const given = over ? plans.free : plans[team.plan]
  return {
    name: team.plan,
    label: over ? 'Pro trial, ended' : plans[team.plan].name,
    active: given.tier === 'pro',
    tier: given.tier,
    features: given.features,
    clusterLimit: given.clusterLimit,
    trialEndsAt: team.trialEndsAt,
    endedAt: over ? team.trialEndsAt : null,
  }
}

/** The plan as the portal shows it. `clustersUsed` counts registered clusters. */
export function planSummaryOf(state: PlanState, clustersUsed: number): TeamSummary['plan'] {
  return {
    name: state.name,
    label: state.label,
    active: state.active,
    trialEndsAt: state.trialEndsAt?.toISOString() ?? null,
    clusterLimit: state.clusterLimit,
    clustersUsed,
  }
}
