import { z } from 'zod'

/** How a word is meant: each comes with an icon, so that colour is never alone. Green is for what is healthy and connected. */
export const toneSchema = z.enum(['good', 'info', 'busy', 'warning', 'bad', 'quiet'])
export type Tone = z.infer<typeof toneSchema>
