import { accountSchema } from '#contract/extension-api.ts'
import { readAccount } from '#server/domain/accounts/index.ts'
import { connectedProcedure, extensionRouterOf } from '../extension-init.ts'

export const accountRouter = extensionRouterOf({
  read: connectedProcedure.output(accountSchema).query(({ ctx }) => readAccount(ctx)),
})
