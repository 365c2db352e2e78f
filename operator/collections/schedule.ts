const FIRST_WITHIN_MS = 10_000

/** Where in the interval a cluster's turn is, from 0 to below 1: the same for the same cluster, and even over all of them. */
export function phaseOf(clusterId: string): number {
  return Number.parseInt(clusterId.slice('cls_'.length, 'cls_'.length + 8), 16) / 2 ** 32
}

/** How long the first collection waits, so that somebody who has just installed sees something, and a fleet does not come as one. */
export function firstDelayMs(intervalMs: number, random = Math.random): number {
  return random() * Math.min(FIRST_WITHIN_MS, intervalMs)
}

export interface Turn {
  /** Of the cluster. */
  phase: number
  /** Of the type among all types, from 0 to below 1. */
  offset: number
  intervalMs: number
}

/**
 * When it is this turn again after a collection: the cluster's own moment in the interval, at least half an interval later, so that
 * the step from a first collection into the rhythm does not bring two at once.
 */
export function nextTurn({ phase, offset, intervalMs }: Turn, last: number): number {
  const within = ((phase + offset) % 1) * intervalMs
  const earliest = last + intervalMs / 2
  return Math.ceil((earliest - within) / intervalMs) * intervalMs + within
}
