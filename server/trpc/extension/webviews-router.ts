import { webviewCodeInputSchema, webviewCodeSchema } from '#contract/extension-api.ts'
import { issueWebviewCode } from '#server/domain/editors/index.ts'
import { connectedProcedure, extensionRouterOf } from '../extension-init.ts'

export const webviewsRouter = extensionRouterOf({
  issueCode: connectedProcedure
    .input(webviewCodeInputSchema)
    .output(webviewCodeSchema)
    .mutation(({ ctx, input }) => issueWebviewCode(ctx, input)),
})
