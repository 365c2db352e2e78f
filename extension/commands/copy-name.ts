import { env } from 'vscode'
import type { Services } from '../services.ts'
import type { CommandTarget } from './target.ts'

/** The name of an object, or of a context. */
export async function run(_services: Services, target: CommandTarget | undefined): Promise<void> {
  if (target) await env.clipboard.writeText(target.object?.name ?? target.cluster.context.name)
}
