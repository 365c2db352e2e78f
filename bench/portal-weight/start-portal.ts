import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { registerResponseSchema } from '#contract/operator-api.ts'
import { seedAccount } from '#scripts/demo/seed-account.ts'
import { freePort } from '#scripts/postgres/free-port.ts'
import { startProduct } from '#scripts/start/start-product.ts'
import { PortalBrowser } from '#scripts/demo/portal-browser.ts'

export interface MeasuredPortal {
  url: string
  team: string
  /** Of somebody who is signed in and owns the team. */
  cookies: { name: string; value: string }[]
  stop: () => Promise<void>
}

/** The built portal with an account, a key and a cluster in it. */
export async function startPortal(): Promise<MeasuredPortal> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'kube9-weight-'))
  chmodSync(dataFolder, 0o755)
  const [portalPort, apiPort] = [await freePort(), await freePort()]
  const product = await startProduct({
    settings: { dataFolder, portalPort, apiPort, databaseUrl: undefined, ending: new AbortController().signal },
    builds: ['charts', 'portal'],
    onProgress: (line) => console.error(line),
    onWarning: () => undefined,
  })
  const url = `http://localhost:${portalPort}`
  const account = await seedAccount(url)
  await registerCluster(`http://localhost:${apiPort}`, account.key)
  const browser = new PortalBrowser(url)
  await browser.signIn(account.email, account.password)
  return {
    url,
    team: new URL(account.dashboardUrl).pathname.split('/')[1] ?? '',
    cookies: [...browser.cookies].map(([name, value]) => ({ name, value })),
    stop: async () => {
      await product.stop()
      rmSync(dataFolder, { recursive: true, force: true })
    },
  }
}

async function registerCluster(apiUrl: string, key: string): Promise<void> {
  const res = await fetch(`${apiUrl}/v1/operator/register`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      operatorVersion: '0.1.0',
      clusterIdentifier: `sha256:${'3f'.repeat(32)}`,
      kubernetesVersion: 'v1.35.4',
      approximateNodeCount: 3,
    }),
  })
  registerResponseSchema.parse(await res.json())
}
