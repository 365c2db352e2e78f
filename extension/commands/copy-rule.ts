import { env, window } from 'vscode'
import type { Services } from '../services.ts'
import type { CommandTarget } from './target.ts'

/** The rule of a Role or ClusterRole that mends what is forbidden, for whoever may give it. */
export async function run(_services: Services, target: CommandTarget | undefined): Promise<void> {
  const rule = ruleOf(target)
  if (rule === null) return
  await env.clipboard.writeText(`- ${rule}\n`)
  window.setStatusBarMessage('The rule is in the clipboard.', 5_000)
}

function ruleOf(target: (CommandTarget & { rbac?: string }) | undefined): string | null {
  if (!target) return null
  if (target.rbac !== undefined) return target.rbac
  const { standing } = target.cluster
  return 'rbac' in standing ? (standing.rbac ?? null) : null
}
