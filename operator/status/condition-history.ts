import { STATUS_CONFIG_MAP } from '#contract/operator-status.ts'
import type { Condition, ConditionStatus, ConditionType } from '#contract/conditions.ts'
import type { ConditionState } from './condition-states.ts'
import { cutText } from './cut-text.ts'

/** Remembers when each condition last changed its status, as Kubernetes means `lastTransitionTime`. */
export class ConditionHistory {
  readonly #known = new Map<ConditionType, { status: ConditionStatus; since: string }>()

  /** Goes on from conditions that were published before, by an operator that ended. */
  constructor(published: readonly Pick<Condition, 'type' | 'status' | 'lastTransitionTime'>[] = []) {
    for (const { type, status, lastTransitionTime } of published)
      this.#known.set(type, { status, since: lastTransitionTime })
  }

  /** The conditions as they are published. `generation` is that of the operator's Deployment. */
  observe(states: readonly ConditionState[], generation: number, now: Date): Condition[] {
    return states.map(({ type, status, reason, message }) => {
      const known = this.#known.get(type)
      const since = known?.status === status ? known.since : now.toISOString()
      this.#known.set(type, { status, since })
      return {
        type,
        status,
        reason,
        message: cutText(message, STATUS_CONFIG_MAP.maxTextLength),
        lastTransitionTime: since,
        observedGeneration: generation,
      }
    })
  }
}
