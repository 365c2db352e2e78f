import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright'
import type { Browser, BrowserContext } from 'playwright'
import { NODE_ADDRESS } from '#scripts/cluster/addresses.ts'
import { startCluster } from '#scripts/cluster/start-cluster.ts'
import type { Cluster } from '#scripts/cluster/start-cluster.ts'
import { ensureChromium } from '#scripts/parts/chromium.ts'
import { freePort } from '#scripts/postgres/free-port.ts'
import { startWorkbench } from '#scripts/workbench/start-workbench.ts'
import type { Workbench } from '#scripts/workbench/start-workbench.ts'
import { WorkbenchWindow } from '#scripts/workbench/workbench-window.ts'
import { startStack } from '../stack/start-stack.ts'
import type { Stack } from '../stack/start-stack.ts'
import { Wire } from './wire.ts'

const inRepository = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

export const NAMESPACE = 'kube9-system'
export const CONTEXT = 'kube9-local'

/** A context of the browser is a person: with cookies and secrets of their own. */
export type Person = { context: BrowserContext; openWindow(): Promise<WorkbenchWindow>; faults: string[] }

/** A cluster, a VS Code whose kubeconfig names it, and a browser to look with. */
export type Site = {
  cluster: Cluster
  workbench: Workbench
  browser: Browser
  /** The file that KUBECONFIG of the editor names. Tests may change it. */
  kubeconfigFile: string
  newPerson(): Promise<Person>
  stop(): Promise<void>
}

/** A site together with the product, at addresses that mean the same for the cluster, the editor and the browser. */
export type EditorHouse = Site & { stack: Stack; wire: Wire }

type SiteOptions = { kwokNodes?: number; settings?: Record<string, unknown> }

/** Without the product: what the editor shows to somebody who has no account. */
export async function startSite(options: SiteOptions = {}): Promise<Site> {
  const rooms = new Rooms()
  return rooms.whole(async () => {
    const cluster = await rooms.add(startCluster(clusterOptions(options)))
    return furnish(rooms, { cluster, port: await freePort(), settings: options.settings ?? {} })
  })
}

export async function startEditorHouse(options: SiteOptions = {}): Promise<EditorHouse> {
  const rooms = new Rooms()
  return rooms.whole(async () => {
    const [wire, port] = [await Wire.open(), await freePort()]
    rooms.onStop(() => wire.close())
    const origin = `http://127.0.0.1:${port}`
    const [stack, cluster] = await Promise.all([
      // VS Code leads `localhost` through a proxy of its own when it opens a page, and leaves names below it alone.
      rooms.add(startStack({ apiUrl: wire.url, portalHost: 'kube9.localhost', env: { EDITOR_ORIGINS: origin } })),
      rooms.add(
        startCluster({
          ...clusterOptions(options),
          hosts: { localhost: NODE_ADDRESS },
          forwards: [
            { name: 'api', listen: `${NODE_ADDRESS}:${wire.port}`, to: { host: '127.0.0.1', port: wire.port } },
          ],
        }),
      ),
    ])
    wire.leadTo(stack.apiPort)
    const settings = { 'kube9.serverUrl': wire.url, 'kube9.portalUrl': stack.portalUrl, ...options.settings }
    return { ...(await furnish(rooms, { cluster, port, settings })), stack, wire }
  })
}

function clusterOptions({ kwokNodes = 0 }: SiteOptions) {
  return {
    name: CONTEXT,
    images: { 'ghcr.io/alto9/kube9-operator': { rootfs: inRepository('dist/operator/rootfs') } },
    nodes: { kwok: kwokNodes },
  }
}

type Furniture = { cluster: Cluster; port: number; settings: Record<string, unknown> }

async function furnish(rooms: Rooms, { cluster, port, settings }: Furniture): Promise<Site> {
  const folder = await mkdtemp(join(tmpdir(), 'kube9-editor-'))
  rooms.onStop(() => rm(folder, { recursive: true, force: true }))
  const kubeconfigFile = join(folder, 'kubeconfig')
  await writeFile(kubeconfigFile, await cluster.kubectl(['config', 'view', '--raw', '-o=json']), { mode: 0o600 })
  const [workbench, browser] = await Promise.all([
    rooms.add(
      startWorkbench({
        extensions: [inRepository('dist/extension/kube9-vscode.vsix')],
        env: { ...cluster.environment, KUBECONFIG: kubeconfigFile },
        settings,
        port,
      }),
    ),
    launchBrowser(rooms),
  ])
  return {
    cluster,
    workbench,
    browser,
    kubeconfigFile,
    newPerson: () => newPerson(browser, workbench),
    stop: () => rooms.stop(),
  }
}

async function launchBrowser(rooms: Rooms): Promise<Browser> {
  const { executablePath, args } = await ensureChromium()
  const browser = await chromium.launch({ executablePath, args })
  rooms.onStop(() => browser.close())
  return browser
}

async function newPerson(browser: Browser, workbench: Workbench): Promise<Person> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  context.setDefaultTimeout(60_000)
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const faults: string[] = []
  context.on('weberror', (fault) => faults.push(fault.error().message))
  return { context, faults, openWindow: async () => WorkbenchWindow.open(context, workbench.windowUrl) }
}

/** What was started so far, ended in the opposite order. */
class Rooms {
  readonly #ends: (() => unknown)[] = []
  readonly #starting = new Set<Promise<unknown>>()

  onStop(end: () => unknown): void {
    this.#ends.push(end)
  }

  add<Room extends { stop(): Promise<void> }>(starting: Promise<Room>): Promise<Room> {
    const added = starting.then((room) => {
      this.onStop(() => room.stop())
      return room
    })
    this.#starting.add(added)
    return added
  }

  async stop(): Promise<void> {
    await Promise.allSettled(this.#starting)
    for (let end = this.#ends.pop(); end; end = this.#ends.pop()) await end()
  }

  /** All of it, or nothing is left running. */
  async whole<House>(build: () => Promise<House>): Promise<House> {
    try {
      return await build()
    } catch (error) {
      await this.stop()
      throw error
    }
  }
}
