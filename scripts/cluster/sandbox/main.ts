/** The first process of a cluster's sandbox: it starts everything inside, and everything ends with it. */
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { ProcessNode } from '../kubelet/node.ts'
import { kwokNode } from '../plane/kwok-node.ts'
import { planeClient, startPlane } from '../plane/start-plane.ts'
import { createBridge } from './bridge.ts'
import { ConnectionLedger } from './connection-ledger.ts'
import { openApiServerSocket, openForward } from './forwards.ts'
import { LOGS_FOLDER, POD_LOGS_FOLDER } from './protocol.ts'
import type { FromSandbox, SandboxCalls, SandboxOptions, ToSandbox } from './protocol.ts'
import { ServiceProxy } from './service-proxy.ts'

const POLL_MS = 50

// Ending kills every process in sight, so this must never run outside a process namespace of its own.
if (process.pid !== 1) throw new Error('The sandbox runs as the first process of a namespace: use startCluster.')

let stateFolder: string | null = null
const { signal } = new AbortController()
let node: ProcessNode | null = null

process.on('message', (message: ToSandbox) => {
  if (message.type === 'stop') end()
  if (message.type === 'call') void answer(message)
  if (message.type === 'start') {
    start(message.options).then(
      () => send({ type: 'ready' }),
      (error: Error) => send({ type: 'failed', message: error.message }),
    )
  }
})

// The channel closes when the cluster's user dies, however it dies.
process.on('disconnect', end)
if (!process.connected) end()

process.on('uncaughtException', (error) => send({ type: 'log', line: `sandbox: ${error.stack ?? error.message}` }))

async function start(options: SandboxOptions): Promise<void> {
  stateFolder = options.stateFolder
  for (const folder of ['sockets', LOGS_FOLDER, POD_LOGS_FOLDER]) {
    mkdirSync(join(stateFolder, folder), { recursive: true })
  }
  await createBridge()
  const ledger = new ConnectionLedger()
  for (const forward of options.forwards) await openForward(forward, stateFolder, ledger)
  const programs = await startPlane(options)
  for (const program of programs) program.ended.catch((error: Error) => log(error.message))
  await openApiServerSocket(stateFolder)
  new ServiceProxy(planeClient(options, 'admin'), ledger).start(signal)
  node = new ProcessNode({ ...options, client: planeClient(options, 'kubelet'), ledger, log })
  await node.start({ cert: options.serving.certPem, key: options.serving.keyPem }, signal)
  await createKwokNodes(options)
  await usable(options)
}

async function createKwokNodes(options: SandboxOptions): Promise<void> {
  const client = planeClient(options, 'admin')
  for (const name of options.kwokNodes) await client.post('/api/v1/nodes', kwokNode(name))
}

/** Every node is Ready and free of the taints of a new one, and pods of namespace default can be made. */
async function usable(options: SandboxOptions): Promise<void> {
  const client = planeClient(options, 'admin')
  const expected = options.kwokNodes.length + 1
  for (;;) {
    const { items } = await client.get<{ items: NodeSummary[] }>('/api/v1/nodes')
    const account = await client.get('/api/v1/namespaces/default/serviceaccounts/default').catch(() => null)
    if (account && items.filter(isUsable).length === expected) return
    await delay(POLL_MS)
  }
}

interface NodeSummary {
  spec: { taints?: { key: string }[] }
  status: { conditions?: { type: string; status: string }[] }
}

function isUsable({ spec, status }: NodeSummary): boolean {
  const ready = status.conditions?.some(({ type, status: value }) => type === 'Ready' && value === 'True')
  return ready === true && !spec.taints?.some(({ key }) => key.startsWith('node.kubernetes.io/'))
}

async function answer({ id, method, input }: Extract<ToSandbox, { type: 'call' }>): Promise<void> {
  try {
    if (!node) throw new Error('the cluster is still starting')
    const call = node.calls[method] as (input: unknown) => ReturnType<SandboxCalls[typeof method]>
    send({ type: 'result', id, value: await call(input) })
  } catch (error) {
    send({ type: 'refused', id, message: (error as Error).message })
  }
}

function log(line: string): void {
  send({ type: 'log', line })
}

function send(message: FromSandbox): void {
  if (process.connected) process.send?.(message)
}

/** Everything inside ends with process 1; what is asked for first only lets the folder be removed before. */
function end(): never {
  try {
    process.kill(-1, 'SIGKILL')
  } catch {
    // Nothing else runs.
  }
  if (stateFolder) rmSync(stateFolder, { recursive: true, force: true, maxRetries: 5 })
  process.exit(0)
}
