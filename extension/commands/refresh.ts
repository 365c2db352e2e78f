import type { Services } from '../services.ts'
import type { CommandTarget } from './target.ts'

/** Looks again at the cluster of the row, or at all that were looked at before. */
export async function run({ clusters }: Services, target: CommandTarget | undefined): Promise<void> {
  const wanted = target ? [target.cluster] : clusters.clusters.filter(({ standing }) => standing.mode !== 'unseen')
  await Promise.all(wanted.map((cluster) => cluster.refresh()))
}
