import { z } from 'zod'
import {
  doneSchema,
  endedSessionsSchema,
  mailSentSchema,
  mailTokenInputSchema,
  requestResetInputSchema,
  resetPasswordInputSchema,
  signUpInputSchema,
  verifiedEmailSchema,
} from '#contract/account-api.ts'
import { sessionSummarySchema } from '#contract/portal-api.ts'
import {
  endAllSessions,
  endSession,
  listSessions,
  requestReset,
  resetPassword,
  SESSION_SECONDS,
  SIGN_UP_PROOF_SECONDS,
  signUp,
  verifyEmail,
} from '#server/domain/accounts/index.ts'
import { portalRouterOf, publicProcedure, signedInProcedure } from '../portal-init.ts'

export const accountRouter = portalRouterOf({
  signUp: publicProcedure
    .input(signUpInputSchema)
    .output(mailSentSchema)
    .mutation(async ({ ctx, input }) => {
      const { proof } = await signUp(ctx, { ...input, clientAddress: ctx.client.address })
      ctx.cookies.set('sign-up', proof, SIGN_UP_PROOF_SECONDS)
      return { sent: true }
    }),

  verifyEmail: publicProcedure
    .input(mailTokenInputSchema)
    .output(verifiedEmailSchema)
    .mutation(async ({ ctx, input }) => {
      const proof = ctx.cookies.get('sign-up') ?? null
      const { sessionToken, resetToken } = await verifyEmail(ctx, { ...input, proof, client: ctx.client })
      if (sessionToken) ctx.cookies.set('session', sessionToken, SESSION_SECONDS)
      ctx.cookies.remove('sign-up')
      return { ok: true, signedIn: sessionToken !== null, resetToken }
    }),

  requestReset: publicProcedure
    .input(requestResetInputSchema)
    .output(mailSentSchema)
    .mutation(async ({ ctx, input }) => {
      await requestReset(ctx, { ...input, clientAddress: ctx.client.address })
      return { sent: true }
    }),

  resetPassword: publicProcedure
    .input(resetPasswordInputSchema)
    .output(doneSchema)
    .mutation(async ({ ctx, input }) => {
      await resetPassword(ctx, { ...input, clientAddress: ctx.client.address })
      return { ok: true }
    }),

  sessions: signedInProcedure.output(z.array(sessionSummarySchema)).query(({ ctx }) => listSessions(ctx)),

  signOutEverywhere: signedInProcedure.output(endedSessionsSchema).mutation(async ({ ctx }) => {
    const ended = await endAllSessions(ctx)
    ctx.cookies.remove('session')
    return { ended }
  }),

  endSession: signedInProcedure
    .input(z.object({ id: z.uuid() }))
    .output(doneSchema)
    .mutation(async ({ ctx, input }) => {
      await endSession(ctx, input)
      return { ok: true }
    }),
})
