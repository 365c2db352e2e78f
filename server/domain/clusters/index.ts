export { recordRefusal } from './record-refusal.ts'
export type { Refusal } from './record-refusal.ts'
export { clusterColumns, clusterStateOf, clusterSummaryOf } from './state.ts'
export type { ClusterRow } from './state.ts'
