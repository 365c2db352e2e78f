import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { MAX_POD_NETWORKS, NODE_ADDRESS, POD_PREFIX_LENGTH, podAddress } from '../addresses.ts'
import { BRIDGE, ipBatch } from './bridge.ts'
import { runTool } from './run-tool.ts'

/** A network namespace with one address on the bridge and no way out of the sandbox. */
export interface PodNetwork {
  address: string
  /** Of the process that holds the namespace. */
  pid: number
  /** What the kernel counted in the namespace so far. */
  counters: () => Promise<NetworkCounters>
  close: () => void
}

export interface NetworkCounters {
  tcpConnectsAttempted: number
  udpSent: number
  icmpSent: number
  ipv6Sent: number
}

const usedIndexes = new Set<number>()
let created = 0

/** Opens a network for one pod. */
export async function openPodNetwork(): Promise<PodNetwork> {
  const index = takeIndex()
  const address = podAddress(index)
  const holder = spawn('unshare', ['--net', 'sh', '-c', 'echo open; exec sleep infinity'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const pid = await opened(holder)
  await connectToBridge(pid, address)
  return {
    address,
    pid,
    counters: () => readCounters(pid),
    close: () => {
      holder.kill('SIGKILL')
      usedIndexes.delete(index)
    },
  }
}

function takeIndex(): number {
  for (let index = 0; index < MAX_POD_NETWORKS; index++) {
    if (usedIndexes.has(index)) continue
    usedIndexes.add(index)
    return index
  }
  throw new Error(`the node has no address left: ${MAX_POD_NETWORKS} pods run on it`)
}

async function opened(holder: ChildProcess): Promise<number> {
  if (!holder.stdout || holder.pid === undefined) throw new Error('no network namespace could be opened')
  await once(holder.stdout, 'data')
  return holder.pid
}

async function connectToBridge(pid: number, address: string): Promise<void> {
  const link = `pod${created++}`
  await ipBatch([`link add ${link} type veth peer name eth0 netns ${pid}`, `link set ${link} master ${BRIDGE} up`])
  const inside = ['--target', String(pid), '--net']
  // Without IPv6 every packet that leaves is one that the pod meant to send.
  const disableIpv6 = 'echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6 2> /dev/null || true'
  await runTool('nsenter', [...inside, 'sh', '-c', disableIpv6])
  const commands = [
    'link set lo up',
    `addr add ${address}/${POD_PREFIX_LENGTH} dev eth0`,
    'link set eth0 up',
    `route add default via ${NODE_ADDRESS}`,
  ]
  await runTool('nsenter', [...inside, 'ip', '-batch', '-'], `${commands.join('\n')}\n`)
}

async function readCounters(pid: number): Promise<NetworkCounters> {
  const table = parseCounters(await readFile(`/proc/${pid}/net/snmp`, 'utf8'))
  const ipv6 = await readFile(`/proc/${pid}/net/snmp6`, 'utf8').catch(() => '')
  return {
    tcpConnectsAttempted: table.get('Tcp.ActiveOpens') ?? 0,
    udpSent: table.get('Udp.OutDatagrams') ?? 0,
    icmpSent: table.get('Icmp.OutMsgs') ?? 0,
    ipv6Sent: Number(/^Ip6OutRequests\s+(\d+)/m.exec(ipv6)?.[1] ?? 0),
  }
}

/** Each protocol has a line of names and then a line of values. */
function parseCounters(text: string): Map<string, number> {
  const counters = new Map<string, number>()
  const lines = text.trim().split('\n')
  for (let index = 0; index + 1 < lines.length; index += 2) {
    const [protocol = '', ...names] = (lines[index] ?? '').split(' ')
    const values = (lines[index + 1] ?? '').split(' ').slice(1)
    names.forEach((name, column) => counters.set(`${protocol.replace(':', '')}.${name}`, Number(values[column])))
  }
  return counters
}
