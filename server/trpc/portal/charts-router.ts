import { z } from 'zod'
import { chartSchema } from '#contract/portal-api.ts'
import { getChart, listCharts } from '#server/domain/charts/index.ts'
import { portalRouterOf, publicProcedure } from '../portal-init.ts'
import { chartSource } from './chart-source.ts'

export const chartsRouter = portalRouterOf({
  list: publicProcedure.output(z.array(chartSchema)).query(({ ctx }) => listCharts(chartSource(ctx.env))),

  get: publicProcedure
    .input(z.object({ name: z.string().max(128) }))
    .output(chartSchema)
    .query(({ ctx, input }) => getChart(chartSource(ctx.env), input)),
})
