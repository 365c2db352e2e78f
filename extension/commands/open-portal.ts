import { Uri, env } from 'vscode'
import type { Services } from '../services.ts'

/** The portal of the settings, in the browser. */
export async function run({ settings }: Services): Promise<void> {
  await env.openExternal(Uri.parse(settings.portalUrl))
}
