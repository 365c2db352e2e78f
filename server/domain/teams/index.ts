export { planStateOf, planSummaryOf } from './plan-state.ts'
export type { PlanState, TeamPlan } from './plan-state.ts'
export { requireActivePlan } from './require-active-plan.ts'
