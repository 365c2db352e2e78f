import { isRefusal } from '#contract/errors.ts'
import type { ErrorCode, RefusalCode } from '#contract/errors.ts'

/** What the portal says of a refusal: what happened, and what mends it. */
const refusalMessages: Record<RefusalCode, string> = {
  INVALID_API_KEY: 'The API key was revoked. Create a new key and put it into the Secret of the cluster.',
  API_KEY_EXPIRED: 'The API key has expired. Create a new key and put it into the Secret of the cluster.',
  SUBSCRIPTION_REQUIRED: 'The team has no active plan. Choose a plan under Billing; the cluster comes back by itself.',
  FORBIDDEN: 'The API key may not do this. Create a new key and put it into the Secret of the cluster.',
  CLUSTER_LIMIT_REACHED:
    'The plan’s number of clusters is used up. Remove a cluster, or change the plan under Billing.',
}

/** A stored refusal as the portal shows it; a code that this release does not know becomes FORBIDDEN. */
export function describeRefusal(code: string): { code: ErrorCode; message: string } {
  const known: RefusalCode = isRefusal(code as ErrorCode) ? (code as RefusalCode) : 'FORBIDDEN'
  return { code: known, message: refusalMessages[known] }
}
