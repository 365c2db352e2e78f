import { commands } from 'vscode'
import type { Cluster } from '../../cluster/cluster.ts'
import type { Mend } from '../../cluster/standing.ts'
import { mendCommand } from '../../views/mend-command.ts'

/** Does what a standing's button says. */
export async function runMend(action: Mend, cluster: Cluster): Promise<void> {
  await commands.executeCommand(mendCommand(action).command, { cluster, object: null })
}
