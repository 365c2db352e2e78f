import { z } from 'zod'
import { apiKeySummarySchema, createApiKeyInputSchema, createdApiKeySchema } from '#contract/portal-api.ts'
import { createApiKey, listApiKeys, revokeApiKey } from '#server/domain/api-keys/index.ts'
import { portalRouterOf, signedInProcedure } from '../portal-init.ts'
import { teamInputSchema, teamRowInputSchema } from './team-input.ts'

export const apiKeysRouter = portalRouterOf({
  list: signedInProcedure
    .input(teamInputSchema)
    .output(z.array(apiKeySummarySchema))
    .query(({ ctx, input }) => listApiKeys(ctx, input)),

  create: signedInProcedure
    .input(createApiKeyInputSchema)
    .output(createdApiKeySchema)
    .mutation(({ ctx, input }) => createApiKey(ctx, input)),

  revoke: signedInProcedure
    .input(teamRowInputSchema)
    .output(apiKeySummarySchema)
    .mutation(({ ctx, input }) => revokeApiKey(ctx, input)),
})
