import { z } from 'zod'

export const teamInputSchema = z.object({ teamId: z.uuid() })

/** A row of a team. */
export const teamRowInputSchema = teamInputSchema.extend({ id: z.uuid() })
