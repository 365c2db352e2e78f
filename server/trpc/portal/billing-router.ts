import { billingSummarySchema } from '#contract/portal-api.ts'
import { getBilling } from '#server/domain/billing/index.ts'
import { portalRouterOf, signedInProcedure } from '../portal-init.ts'
import { teamInputSchema } from './team-input.ts'

export const billingRouter = portalRouterOf({
  get: signedInProcedure
    .input(teamInputSchema)
    .output(billingSummarySchema)
    .query(({ ctx, input }) => getBilling(ctx, input)),
})
