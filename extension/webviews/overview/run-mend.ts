import { commands } from 'vscode'
import type { Cluster } from '../../cluster/cluster.ts'
import type { Mend } from '../../cluster/standing.ts'
import type { Services } from '../../services.ts'
import { mendCommand } from '../../views/mend-command.ts'

/** Does what a standing's button says. */
export async function runMend(_services: Services, action: Mend, cluster: Cluster): Promise<void> {
  await commands.executeCommand(mendCommand(action).command, { cluster, object: null })
}
