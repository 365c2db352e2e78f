import { installationKeyInputSchema, installationKeySchema } from '#contract/extension-api.ts'
import { createApiKey } from '#server/domain/api-keys/index.ts'
import { connectedProcedure, extensionRouterOf } from '../extension-init.ts'

export const installationsRouter = extensionRouterOf({
  createKey: connectedProcedure
    .input(installationKeyInputSchema)
    .output(installationKeySchema)
    .mutation(async ({ ctx, input }) => {
      const { key, summary } = await createApiKey(ctx, input)
      return { keyId: summary.id, key, masked: summary.masked }
    }),
})
