import { z } from 'zod'
import { doneSchema } from '#contract/account-api.ts'
import { connectRequestSchema } from '#contract/extension-api.ts'
import { connectedEditorSchema, connectionGrantSchema, connectionProposalSchema } from '#contract/portal-api.ts'
import { authoriseConnection, describeConnection, endEditor, listEditors } from '#server/domain/editors/index.ts'
import { portalRouterOf, publicProcedure, signedInProcedure } from '../portal-init.ts'

export const editorsRouter = portalRouterOf({
  /** Takes the query of the consent page as it came: what is wrong with it is part of the answer. */
  describe: publicProcedure
    .input(z.record(z.string(), z.unknown()))
    .output(connectionProposalSchema)
    .query(({ ctx, input }) => describeConnection(ctx, input)),

  authorise: signedInProcedure
    .input(connectRequestSchema)
    .output(connectionGrantSchema)
    .mutation(({ ctx, input }) => authoriseConnection(ctx, input)),

  list: signedInProcedure.output(z.array(connectedEditorSchema)).query(({ ctx }) => listEditors(ctx)),

  end: signedInProcedure
    .input(z.object({ id: z.uuid() }))
    .output(doneSchema)
    .mutation(async ({ ctx, input }) => {
      await endEditor(ctx, input)
      return { ok: true }
    }),
})
