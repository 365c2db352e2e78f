import { fileURLToPath } from 'node:url'
import type { BuildName } from '#scripts/build/builds.ts'
import { ensureCodeServer } from '#scripts/parts/code-server.ts'
import { claimPorts } from '#scripts/start/claim-ports.ts'
import { startWorkbench } from '#scripts/workbench/start-workbench.ts'
import type { Workbench } from '#scripts/workbench/start-workbench.ts'

export interface DemoEditorOptions {
  port: number
  portalUrl: string
  apiPort: number
  /** Leads to the demo's cluster, with its helm and kubectl. */
  environment: Record<string, string>
}

/** What has to be built for the editor alone. */
export const editorBuilds: BuildName[] = ['ui', 'extension']

const VSIX = fileURLToPath(new URL('../../dist/extension/kube9-vscode.vsix', import.meta.url))

/** Fetches what is missing and claims the port, before anything is started for the editor's sake. */
export async function prepareDemoEditor(port: number, onProgress: (line: string) => void): Promise<void> {
  await ensureCodeServer(onProgress)
  await claimPorts({ EDITOR_PORT: port })
}

/** What the programs must know so that an editor at this port may use them. */
export function environmentForEditor(port: number, portalPort: number): Record<string, string> {
  return {
    // VS Code leads `localhost` through a proxy of its own when it opens a page, and leaves names below it alone.
    PORTAL_URL: `http://kube9.localhost:${portalPort}`,
    CHARTS_URL: `http://localhost:${portalPort}/charts`,
    EDITOR_ORIGINS: `http://127.0.0.1:${port},http://localhost:${port}`,
  }
}

/** A VS Code with the extension installed and the demo's cluster in its kubeconfig. */
export async function startDemoEditor(options: DemoEditorOptions): Promise<Workbench> {
  return startWorkbench({
    extensions: [VSIX],
    port: options.port,
    env: options.environment,
    settings: { 'kube9.serverUrl': `http://localhost:${options.apiPort}`, 'kube9.portalUrl': options.portalUrl },
  })
}
