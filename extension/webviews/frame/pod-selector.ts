import { z } from 'zod'
import type { KubeObject } from '../../documents/seen-object.ts'

const selectorSchema = z.object({
  matchLabels: z.record(z.string(), z.string()).nullish(),
  matchExpressions: z
    .array(
      z.object({
        key: z.string(),
        operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist']),
        values: z.array(z.string()).nullish(),
      }),
    )
    .nullish(),
})
export type PodSelector = z.infer<typeof selectorSchema>

const selectingSchema = z.object({ spec: z.object({ selector: selectorSchema }) })

/** How a workload finds its pods; null for what selects none. */
export function podSelectorOf(object: KubeObject): PodSelector | null {
  const selector = selectingSchema.safeParse(object).data?.spec.selector
  // An empty selector would be every pod there is.
  return selector && labelSelectorText(selector) !== '' ? selector : null
}

/** As a query says it. */
export function labelSelectorText({ matchLabels, matchExpressions }: PodSelector): string {
  const labels = Object.entries(matchLabels ?? {}).map(([key, value]) => `${key}=${value}`)
  const expressions = (matchExpressions ?? []).map(({ key, operator, values }) => {
    if (operator === 'Exists') return key
    if (operator === 'DoesNotExist') return `!${key}`
    return `${key} ${operator === 'In' ? 'in' : 'notin'} (${(values ?? []).join(',')})`
  })
  return [...labels, ...expressions].join(',')
}
