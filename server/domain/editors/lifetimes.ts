import { EDITOR_IDLE_DAYS } from '#contract/extension-api.ts'
import type { ServiceContext } from '#server/core/context.ts'

const DAY_MS = 24 * 3_600_000

/** An editor that was seen last before this has ended. */
export function idleBefore({ clock }: Pick<ServiceContext, 'clock'>): Date {
  return new Date(clock.now().getTime() - EDITOR_IDLE_DAYS * DAY_MS)
}

export function secondsFromNow({ clock }: Pick<ServiceContext, 'clock'>, seconds: number): Date {
  return new Date(clock.now().getTime() + seconds * 1000)
}
