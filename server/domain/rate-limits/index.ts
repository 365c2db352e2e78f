export { addressBucket } from './address-bucket.ts'
export { countTowards, standingOf } from './count.ts'
export type { RateLimitRule } from './count.ts'
export { requireWithinLimit, tooManyRequests } from './require-within-limit.ts'
