import { relative } from 'node:path'
import { describeFailure } from './failure.ts'
import { listenForEnd } from './listen-for-end.ts'
import { readSettings } from './settings.ts'
import type { ProductSettings } from './settings.ts'
import { startProduct } from './start-product.ts'

const startedAt = performance.now()
const ending = listenForEnd()
let dataFolder = '.data'

try {
  const settings = readSettings(process.env, ending)
  dataFolder = settings.dataFolder
  const product = await startProduct({ settings, builds: ['charts', 'ui', 'portal'], onProgress: say, onWarning: warn })
  say(welcome(settings))
  const fall = await Promise.race([product.waitForFall(), ended()])
  if (fall === undefined) say('Stopping …')
  await product.stop()
  if (fall !== undefined) throw new Error(fall)
} catch (error) {
  if (!ending.aborted) {
    console.error(`kube9: ${describeFailure(error, dataFolder)}`)
    process.exitCode = 1
  }
}
process.exit()

function say(line: string): void {
  console.log(line)
}

function warn(line: string): void {
  console.error(line)
}

function ended(): Promise<undefined> {
  return new Promise((resolve) => ending.addEventListener('abort', () => resolve(undefined), { once: true }))
}

function shorten(folder: string): string {
  const path = relative(process.cwd(), folder)
  return path === '' || path.startsWith('..') ? folder : path
}

function welcome({ portalPort, apiPort, dataFolder: folder }: ProductSettings): string {
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  const portal = `http://localhost:${portalPort}`
  return `
  kube9 is ready (${seconds} s)

    Portal    ${portal}
    API       http://localhost:${apiPort}
    Charts    ${portal}/charts
    Mailbox   ${portal}/mailbox   every mail of this installation lands here

  Next: open the portal, sign up with any address, confirm it from the mailbox, and connect a cluster.
  No cluster at hand? npm run demo brings one along.

  Data and logs are in ${shorten(folder)}. Ctrl-C stops everything.
`
}
