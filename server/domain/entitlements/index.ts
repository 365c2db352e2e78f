export { issueEntitlement } from './issue.ts'
export type { EntitlementGrant } from './issue.ts'
export { getJwks, JWKS_MAX_AGE_SECONDS } from './jwks.ts'
export { rotateSigningKeys } from './rotate.ts'
