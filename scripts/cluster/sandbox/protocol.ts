import type { ControlPlane } from '#scripts/parts/control-plane.ts'

/** What the cluster's user and the sandbox say to each other over Node's IPC channel, as JSON. */

export interface ClusterImage {
  /** A folder whose files become the container's, at the same paths. */
  rootfs: string
  /** What runs when the container names no command. */
  entrypoint?: string[]
  /** The user id when the pod names none. 0 when absent, as in most images. */
  user?: number
}

export interface SandboxForward {
  name: string
  /** `address:port` inside. */
  listen: string
  tls?: { cert: string; key: string }
}

export interface SandboxOptions {
  stateFolder: string
  controlPlane: ControlPlane
  /** Path of the Node program that containers find as /usr/local/bin/node. */
  nodeProgram: string
  images: Record<string, ClusterImage>
  forwards: SandboxForward[]
  /** Names that every pod can resolve, since the cluster has no DNS. */
  hosts: Record<string, string>
  nodeName: string
  kwokNodes: string[]
  crashBackoffMs: number[]
  /** True for an ordinary user, who has one user id inside: containers then keep it, whatever they ask for. */
  rootless: boolean
  tokens: Record<PlaneUser, string>
  serving: { certPem: string; keyPem: string; caPem: string }
}

export type PlaneUser = 'admin' | 'controllerManager' | 'scheduler' | 'kubelet'

export interface ContainerReference {
  namespace: string
  pod: string
  container: string
}

/** Counted by the kernel in the pod's own network namespace since the pod began. */
export interface PodTraffic {
  /** TCP connections that the pod tried to open, to anywhere, its own loopback included. */
  tcpConnectsAttempted: number
  /** Of those, the ones that reached the API server. */
  tcpToApiServer: number
  /** Of those, the ones that reached each Service or forward, by name. */
  tcpToOthers: Record<string, number>
  /** Datagrams, DNS questions included. */
  udpSent: number
  icmpSent: number
  ipv6Sent: number
}

export interface ExecResult {
  exitCode: number
  stdout: string
  stderr: string
}

/** What can be asked of a running sandbox. */
export interface SandboxCalls {
  podTraffic: (input: { namespace: string; pod: string }) => Promise<PodTraffic>
  signalContainer: (input: ContainerReference & { signal: NodeJS.Signals }) => Promise<{ pid: number }>
  exec: (input: ContainerReference & { command: string[] }) => Promise<ExecResult>
  residentBytes: (input: ContainerReference) => Promise<number>
}

export type ToSandbox =
  | { type: 'start'; options: SandboxOptions }
  | { type: 'call'; id: number; method: keyof SandboxCalls; input: unknown }
  | { type: 'stop' }

export type FromSandbox =
  | { type: 'ready' }
  | { type: 'failed'; message: string }
  | { type: 'log'; line: string }
  | { type: 'result'; id: number; value: unknown }
  | { type: 'refused'; id: number; message: string }

/** Paths below the state folder that both sides use. */
export const LOGS_FOLDER = 'logs'
export const POD_LOGS_FOLDER = 'logs/pods'
export const AUDIT_LOG = 'logs/audit.jsonl'

/** The Unix socket that leads to the API server. */
export const API_SERVER_SOCKET = 'sockets/api-server.sock'

/** The Unix socket behind a forward. */
export function forwardSocket(name: string): string {
  return `sockets/forward-${name}.sock`
}
