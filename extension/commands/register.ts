import { commands as editorCommands } from 'vscode'
import type { Disposable } from 'vscode'
import { showError } from '../messages.ts'
import type { Services } from '../services.ts'
import { commands } from './index.ts'
import type { CommandTarget } from './target.ts'

/** Registers every command; what runs it is loaded when it is called. */
export function registerCommands(services: Services): Disposable[] {
  return Object.entries(commands).map(([id, load]) =>
    editorCommands.registerCommand(id, async (target?: CommandTarget) => {
      try {
        const [{ run }] = await Promise.all([load(), services.clusters.ready()])
        const wanted = isTarget(target) ? target : undefined
        wanted?.cluster.allowSignIn()
        return await run(services, wanted)
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error)
        services.log.error(`${id}: ${message}`)
        void showError(message)
        return undefined
      }
    }),
  )
}

/** A button of the view's title, or a key, hands over something else or nothing. */
function isTarget(target: unknown): target is CommandTarget {
  return typeof target === 'object' && target !== null && 'cluster' in target && Boolean(target.cluster)
}
