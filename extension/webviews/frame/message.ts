import { z } from 'zod'

/** A message between the extension host and a page: `{v: 1, type, …}`. */
export function messageSchema<const T extends string, S extends z.ZodRawShape>(type: T, shape: S) {
  return z.object({ v: z.literal(1), type: z.literal(type), ...shape })
}

/** The page was drawn, for the first time or again after it was hidden: it knows nothing yet. */
export const readyMessageSchema = messageSchema('ready', {})

/** Gives null for what is no message of the protocol: it is dropped. */
export function parseMessage<T>(schema: z.ZodType<T>, data: unknown): T | null {
  const parsed = schema.safeParse(data)
  return parsed.success ? parsed.data : null
}
