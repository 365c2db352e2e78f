import { NODE_ADDRESS, POD_PREFIX_LENGTH } from '../addresses.ts'
import { runTool } from './run-tool.ts'

export const BRIDGE = 'kube9'

/** Brings up loopback and the bridge that all pods hang on. */
export async function createBridge(): Promise<void> {
  await ipBatch([
    'link set lo up',
    `link add ${BRIDGE} type bridge`,
    `addr add ${NODE_ADDRESS}/${POD_PREFIX_LENGTH} dev ${BRIDGE}`,
    `link set ${BRIDGE} up`,
  ])
}

/** Makes the sandbox answer on one more address, such as a Service's. */
export async function addBridgeAddress(address: string): Promise<void> {
  await ipBatch([`addr replace ${address}/32 dev ${BRIDGE}`])
}

/** Runs several commands of ip(8) at once. */
export async function ipBatch(commands: string[]): Promise<void> {
  await runTool('ip', ['-batch', '-'], `${commands.join('\n')}\n`)
}
