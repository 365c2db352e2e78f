import type { Services } from '../services.ts'
import type { CommandTarget } from './target.ts'

/**
 * Every command of the manifest, and the file that runs it. A file exports `run`, and is loaded at its first use; by then the
 * kubeconfigs are read. To add one: its line here, its file beside, its entry in package.json (a test compares the two).
 * What `run` throws is logged and shown as an error message.
 */
export type RunCommand = (services: Services, target: CommandTarget | undefined) => unknown

export const commands: Record<string, () => Promise<{ run: RunCommand }>> = {
  'kube9.refresh': () => import('./refresh.ts'),
}
