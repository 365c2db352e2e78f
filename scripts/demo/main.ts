import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BuildName } from '#scripts/build/builds.ts'
import { describeFailure } from '#scripts/start/failure.ts'
import { listenForEnd } from '#scripts/start/listen-for-end.ts'
import { readPort, readSettings } from '#scripts/start/settings.ts'
import type { ProductSettings } from '#scripts/start/settings.ts'
import { startProduct } from '#scripts/start/start-product.ts'
import { editorBuilds, environmentForEditor, prepareDemoEditor, startDemoEditor } from './demo-editor.ts'
import { seedAccount } from './seed-account.ts'
import { startDemoCluster } from './start-demo-cluster.ts'
import { welcome } from './welcome.ts'

/** Nobody looks at a demo for five minutes before something moves. */
const QUICK = { HEARTBEAT_SECONDS: '5', COLLECTION_SECONDS: '15' }
const DEMO_BUILDS: BuildName[] = ['charts', 'operator', 'portal']

const startedAt = performance.now()
const ending = listenForEnd()
// A demo leaves nothing behind, so its data lies apart from that of `npm start`.
const dataFolder = mkdtempSync(join(tmpdir(), 'kube9-demo-'))
chmodSync(dataFolder, 0o755)
const cleanups: (() => Promise<void>)[] = []

try {
  const editorPort = process.argv.includes('--editor') ? readPort('EDITOR_PORT', 3100) : null
  const fall = await run(readSettings({ ...process.env, KUBE9_DATA_DIR: dataFolder }, ending), editorPort)
  if (fall !== undefined) throw new Error(fall)
  say('Stopping the demo …')
} catch (error) {
  if (!ending.aborted) {
    console.error(`kube9 demo: ${describeFailure(error, dataFolder)}`)
    process.exitCode = 1
  }
}
for (const cleanUp of cleanups.toReversed()) await cleanUp()
rmSync(dataFolder, { recursive: true, force: true })
process.exit()

/** Resolves on Ctrl-C, or with the last words of a program that ended by itself. */
async function run(settings: ProductSettings, editorPort: number | null): Promise<string | undefined> {
  const { portalPort, apiPort } = settings
  if (editorPort !== null) await prepareDemoEditor(editorPort, say)
  const forEditor = editorPort === null ? {} : environmentForEditor(editorPort, portalPort)
  const product = await startProduct({
    settings: { ...settings, databaseUrl: undefined },
    temporary: true,
    builds: editorPort === null ? DEMO_BUILDS : [...DEMO_BUILDS, ...editorBuilds],
    env: { KUBE9_DEMO: '1', ...QUICK, ...forEditor },
    onProgress: say,
    onWarning: (line) => console.error(line),
  })
  cleanups.push(() => product.stop())
  const localUrl = `http://localhost:${portalPort}`
  const portalUrl = forEditor.PORTAL_URL ?? localUrl
  say('Demo: starting a Kubernetes control plane with three nodes …')
  const cluster = await startDemoCluster({ apiPort, onProgress: say })
  cleanups.push(() => cluster.stop())
  ending.throwIfAborted()
  say('Demo: signing up, and installing the operator with helm …')
  const account = await seedAccount(portalUrl)
  await cluster.installOperator(`${localUrl}/charts`, account.key)
  let editorUrl: string | null = null
  if (editorPort !== null) {
    say('Demo: starting VS Code …')
    const editor = await startDemoEditor({ port: editorPort, portalUrl, apiPort, environment: cluster.environment })
    cleanups.push(() => editor.stop())
    editorUrl = editor.windowUrl
  }
  const seconds = Math.round((performance.now() - startedAt) / 1000)
  say(welcome({ account, portalUrl, editorUrl, seconds, kubeconfig: cluster.kubeconfigPath }))
  return Promise.race([product.waitForFall(), ended()])
}

function say(line: string): void {
  console.log(line)
}

function ended(): Promise<undefined> {
  return new Promise((resolve) => {
    if (ending.aborted) resolve(undefined)
    else ending.addEventListener('abort', () => resolve(undefined), { once: true })
  })
}
