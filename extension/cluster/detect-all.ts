import type { Cluster } from './cluster.ts'

const AT_ONCE = 8

/**
 * Finds out where clusters stand, a few at a time and the current context first, so that one that does not answer keeps one place
 * busy for its 5 s and delays none of the others. Left out are those whose credentials come of a command, but for the current
 * context: fifty of them would open fifty login windows, so they wait until a person opens them.
 */
export async function detectAll(clusters: readonly Cluster[]): Promise<void> {
  const waiting = clusters
    .filter(({ context, standing }) => standing.mode === 'unseen' && (context.isCurrent || !context.hasPlugin))
    .toSorted((one, other) => Number(other.context.isCurrent) - Number(one.context.isCurrent))
    .values()
  const work = async () => {
    for (const cluster of waiting) await cluster.connect()
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
}
