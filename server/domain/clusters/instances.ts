import { z } from 'zod'

/**
 * The starts of an operator that a cluster has seen, the current one last, each with the sequence of its first beat; and
 * those that were shut out, because another one proved to live at the same time.
 */
export const instanceHistorySchema = z.object({
  seen: z.array(z.object({ id: z.string(), since: z.int() })),
  excluded: z.array(z.string()),
})
export type InstanceHistory = z.infer<typeof instanceHistorySchema>

export const noInstances: InstanceHistory = { seen: [], excluded: [] }

/**
 * What a beat says of its sender.
 * - `next`, `repeated`: the current instance goes on, or says something again.
 * - `restarted`: an instance never seen before; the one before it is taken for ended.
 * - `returned`: one that was taken for ended lives on beside its successor, so the two interleave.
 * - `late`: the same, but what it sent may have been on its way since before the restart. Nothing follows from it.
 * - `excluded`: it was shut out and must become a cluster of its own.
 */
export type BeatVerdict = 'next' | 'repeated' | 'restarted' | 'returned' | 'late' | 'excluded'
type Beat = { instanceId: string; sequence: number }

const REMEMBERED = 8

/**
 * A sequence is kept by the operator before it is sent, and outlives a restart. So a number above the first one of its
 * successor cannot come from an instance that had ended by then.
 */
export function judgeBeat(history: InstanceHistory, lastSequence: number, beat: Beat): BeatVerdict {
  if (history.excluded.includes(beat.instanceId)) return 'excluded'
  const at = history.seen.findIndex((instance) => instance.id === beat.instanceId)
  if (at === -1) return 'restarted'
  const successor = history.seen[at + 1]
  if (!successor) return beat.sequence > lastSequence ? 'next' : 'repeated'
  return beat.sequence > successor.since ? 'returned' : 'late'
}

/** The history after a beat that was judged. */
export function afterBeat(history: InstanceHistory, verdict: BeatVerdict, beat: Beat): InstanceHistory {
  if (verdict === 'restarted') return withInstance(history, beat.instanceId, beat.sequence)
  if (verdict !== 'returned') return history
  const at = history.seen.findIndex((instance) => instance.id === beat.instanceId)
  const shutOut = history.seen.slice(at + 1).map((instance) => instance.id)
  return {
    seen: history.seen.slice(0, at + 1),
    excluded: [...history.excluded, ...shutOut].slice(-REMEMBERED),
  }
}

/** The history after an instance has registered, or has beaten for the first time. */
export function withInstance(history: InstanceHistory, instanceId: string, since: number): InstanceHistory {
  const others = history.seen.filter((instance) => instance.id !== instanceId)
  return { ...history, seen: [...others, { id: instanceId, since }].slice(-REMEMBERED) }
}
