import { z } from 'zod'
import { onboardingProgressSchema } from '#contract/portal-api.ts'
import { readOnboardingProgress } from '#server/domain/onboarding/index.ts'
import { portalRouterOf, signedInProcedure } from '../portal-init.ts'
import { teamInputSchema } from './team-input.ts'

export const onboardingRouter = portalRouterOf({
  progress: signedInProcedure
    .input(teamInputSchema.extend({ apiKeyId: z.uuid() }))
    .output(onboardingProgressSchema)
    .query(({ ctx, input }) => readOnboardingProgress(ctx, input)),
})
