import type { Services } from '../services.ts'
import { listOf } from './load-more.ts'

/** Many pages of a list at once, for whoever wants to scroll through all of it. */
export async function run(_services: Services, target: unknown): Promise<void> {
  await listOf(target)?.loadAll()
}
