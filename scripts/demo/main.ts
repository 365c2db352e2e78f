import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeFailure } from '#scripts/start/failure.ts'
import { listenForEnd } from '#scripts/start/listen-for-end.ts'
import { readSettings } from '#scripts/start/settings.ts'
import type { ProductSettings } from '#scripts/start/settings.ts'
import { startProduct } from '#scripts/start/start-product.ts'
import { seedAccount } from './seed-account.ts'
import type { DemoAccount } from './seed-account.ts'
import { startDemoCluster } from './start-demo-cluster.ts'

const startedAt = performance.now()
const ending = listenForEnd()
// A demo leaves nothing behind, so its data lies apart from that of `npm start`.
const dataFolder = mkdtempSync(join(tmpdir(), 'kube9-demo-'))
chmodSync(dataFolder, 0o755)
const cleanups: (() => Promise<void>)[] = []

try {
  const fall = await run({ ...readSettings({ ...process.env, KUBE9_DATA_DIR: dataFolder }, ending) })
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
async function run(settings: ProductSettings): Promise<string | undefined> {
  const product = await startProduct({
    settings: { ...settings, databaseUrl: undefined },
    builds: ['charts', 'operator', 'portal'],
    env: { KUBE9_DEMO: '1' },
    onProgress: say,
    onWarning: (line) => console.error(line),
  })
  cleanups.push(() => product.stop())
  const portalUrl = `http://localhost:${settings.portalPort}`
  say('Demo: starting a Kubernetes control plane with three nodes …')
  const cluster = await startDemoCluster({ apiPort: settings.apiPort, dataFolder, onProgress: say })
  cleanups.push(() => cluster.stop())
  ending.throwIfAborted()
  say('Demo: signing up, and installing the operator with helm …')
  const account = await seedAccount(portalUrl)
  await cluster.installOperator(portalUrl, account.key)
  say(welcome(account, portalUrl, cluster.kubeconfigPath))
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

function welcome(account: DemoAccount, portalUrl: string, kubeconfig: string): string {
  const seconds = Math.round((performance.now() - startedAt) / 1000)
  return `
  The kube9 demo is ready (${seconds} s). It is a demo: its cluster has no machines, and nothing of it is kept.

    Portal      ${account.dashboardUrl}
    Sign in     ${account.email}   password: ${account.password}
    Mailbox     ${portalUrl}/mailbox
    Cluster     export KUBECONFIG=${kubeconfig}

  Next: sign in and look at the cluster; then revoke its key, and see it turn degraded within a minute.
  Ctrl-C stops everything and removes it.
`
}
