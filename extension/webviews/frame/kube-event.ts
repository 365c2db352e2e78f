import { z } from 'zod'

/** An event of the core API, of which either generation of timestamps may be set. */
export const kubeEventSchema = z.object({
  metadata: z.object({
    uid: z.string().optional(),
    name: z.string().optional(),
    creationTimestamp: z.string().nullish(),
  }),
  involvedObject: z
    .object({
      kind: z.string().default(''),
      name: z.string().default(''),
      namespace: z.string().optional(),
      apiVersion: z.string().optional(),
    })
    .default({ kind: '', name: '' }),
  type: z.string().default('Normal'),
  reason: z.string().default(''),
  message: z.string().default(''),
  count: z.number().nullish(),
  firstTimestamp: z.string().nullish(),
  lastTimestamp: z.string().nullish(),
  eventTime: z.string().nullish(),
  series: z.object({ count: z.number(), lastObservedTime: z.string().nullish() }).nullish(),
})
export type KubeEvent = z.infer<typeof kubeEventSchema>

/** When it was seen last, as ISO 8601. */
export function eventTime(event: KubeEvent): string {
  const time = event.series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime ?? event.firstTimestamp
  return time ?? event.metadata.creationTimestamp ?? new Date(0).toISOString()
}

export function eventCount(event: KubeEvent): number {
  return Math.max(1, Math.trunc(event.series?.count ?? event.count ?? 1))
}

/** The newest first. */
export function newestFirst(events: readonly KubeEvent[]): KubeEvent[] {
  const at = (event: KubeEvent) => Date.parse(eventTime(event)) || 0
  return [...events].sort((one, other) => at(other) - at(one))
}
