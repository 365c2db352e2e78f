import { randomBytes } from 'node:crypto'
import { realpathSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { ensureControlPlane } from '#scripts/parts/control-plane.ts'
import { ensureHelmAndKubectl } from '#scripts/parts/helm-kubectl.ts'
import type { HelmAndKubectl } from '#scripts/parts/helm-kubectl.ts'
import { KUBERNETES_SERVICE_ADDRESS, NODE_ADDRESS } from './addresses.ts'
import { createCertificateAuthority } from './authority.ts'
import { openTunnels } from './open-tunnels.ts'
import type { Tunnels } from './open-tunnels.ts'
import { kubeconfig } from './plane/kubeconfig.ts'
import { readPodLogs } from './read-pod-logs.ts'
import { runCommand } from './run-command.ts'
import type { CommandOptions } from './run-command.ts'
import { AUDIT_LOG, LOGS_FOLDER } from './sandbox/protocol.ts'
import type { ClusterImage, SandboxCalls, SandboxForward, SandboxOptions } from './sandbox/protocol.ts'
import { spawnSandbox } from './spawn-sandbox.ts'

/** The node that runs containers as processes. */
const NODE_NAME = 'n1'
const KUBECONFIG_FILE = 'kubeconfig'

/** A kubelet waits 10 s, 20 s and so on; here a crash is over sooner. */
const CRASH_BACKOFF_MS = [0, 500, 1_000, 2_000]

/** Something that runs outside and that pods reach at `listen`, with TLS when a certificate is given. */
export interface ClusterForward extends SandboxForward {
  to: { host: string; port: number }
}

export interface ClusterOptions {
  /** By image repository, without a tag. */
  images?: Record<string, ClusterImage>
  /** Nodes without a machine beside `n1`, for workloads that only need to look alive. Named n2, n3, … */
  nodes?: { kwok: number }
  forwards?: ClusterForward[]
  /**
   * Names that pods can resolve, since there is no DNS: `{'api.example.com': '10.244.0.1'}`. With `localhost` among them, an address
   * of this machine means the same inside and outside, where a forward listens on it.
   */
  hosts?: Record<string, string>
  /** Waits before the first, second, … restart of a crashed container, in ms; the last one repeats. */
  crashBackoffMs?: number[]
  /** The context's name in the kubeconfig. */
  name?: string
  onLog?: (line: string) => void
}

export interface AuditLine {
  verb: string
  user: { username: string }
  objectRef?: { resource: string; namespace?: string; name?: string; subresource?: string; apiGroup?: string }
  responseStatus?: { code: number }
  auditID: string
  requestURI: string
  annotations?: Record<string, string>
}

/** A Kubernetes cluster of this process. Its helm and kubectl run outside it, as a user's would. */
export interface Cluster extends SandboxCalls {
  kubeconfigPath: string
  /** KUBECONFIG, helm's folders, and a PATH that leads to this cluster's helm and kubectl. */
  environment: Record<string, string>
  /** Holds the output of every program and container until the cluster stops. */
  logsFolder: string
  /** Resolves to stdout, rejects with a CommandError. */
  kubectl: (args: string[], options?: CommandOptions) => Promise<string>
  /** Resolves to stdout, rejects with a CommandError. */
  helm: (args: string[], options?: CommandOptions) => Promise<string>
  /** Lines of matching pods, those of pods that are gone included. The selector is `label=value,…`, or empty. */
  podLogs: (namespace: string, selector: string) => Promise<string[]>
  /** Requests of workloads to the API server so far, one line for each. */
  audit: () => Promise<AuditLine[]>
  /** Leaves nothing behind. May be called twice. */
  stop: () => Promise<void>
}

/**
 * Starts a real control plane and a node that runs containers as processes, in a sandbox that this process takes with
 * it when it ends. Takes about 5 s once the parts are cached. Rejects where Linux namespaces are not to be had.
 */
export async function startCluster(options: ClusterOptions = {}): Promise<Cluster> {
  const onLog = options.onLog ?? (() => undefined)
  const [programs, controlPlane] = [await ensureHelmAndKubectl(onLog), await ensureControlPlane(onLog)]
  const stateFolder = await mkdtemp(join(realpathSync(tmpdir()), 'kube9-cluster-'))
  await mkdir(join(stateFolder, 'sockets'))
  const sandboxOptions = describeSandbox(options, stateFolder, controlPlane)
  let tunnels: Tunnels | null = null
  const cleanUp = async () => {
    tunnels?.close()
    await rm(stateFolder, { recursive: true, force: true, maxRetries: 5 })
  }
  try {
    tunnels = await openTunnels(stateFolder, options.forwards ?? [])
    const sandbox = await spawnSandbox(sandboxOptions, onLog)
    const environment = await writeEnvironment(sandboxOptions, {
      name: options.name ?? 'kube9-local',
      port: tunnels.apiServerPort,
      programs,
    })
    const stop = async () => {
      await sandbox.stop()
      await cleanUp()
    }
    return { ...sandbox.calls, ...userSide(stateFolder, environment, programs), stop }
  } catch (error) {
    await cleanUp()
    throw error
  }
}

function describeSandbox(
  options: ClusterOptions,
  stateFolder: string,
  controlPlane: SandboxOptions['controlPlane'],
): SandboxOptions {
  const authority = createCertificateAuthority('kube9 local cluster')
  const serving = authority.issue({
    names: ['kubernetes.default.svc', 'kubernetes.default', 'kubernetes', 'localhost'],
    addresses: [NODE_ADDRESS, KUBERNETES_SERVICE_ADDRESS, '127.0.0.1'],
  })
  const token = () => randomBytes(24).toString('hex')
  return {
    stateFolder,
    controlPlane,
    nodeProgram: realpathSync(process.execPath),
    images: options.images ?? {},
    forwards: (options.forwards ?? []).map(({ name, listen, tls }) => ({ name, listen, ...(tls ? { tls } : {}) })),
    hosts: options.hosts ?? {},
    nodeName: NODE_NAME,
    kwokNodes: Array.from({ length: options.nodes?.kwok ?? 0 }, (_, index) => `n${index + 2}`),
    crashBackoffMs: options.crashBackoffMs ?? CRASH_BACKOFF_MS,
    rootless: process.getuid?.() !== 0,
    tokens: { admin: token(), controllerManager: token(), scheduler: token(), kubelet: token() },
    serving: { ...serving, caPem: authority.caPem },
  }
}

interface UserAccess {
  name: string
  port: number
  programs: HelmAndKubectl
}

async function writeEnvironment(
  { stateFolder, serving, tokens }: SandboxOptions,
  { name, port, programs }: UserAccess,
) {
  const path = join(stateFolder, KUBECONFIG_FILE)
  const server = `https://127.0.0.1:${port}`
  await writeFile(path, kubeconfig({ server, caPem: serving.caPem, token: tokens.admin, name }), { mode: 0o600 })
  return {
    KUBECONFIG: path,
    HELM_CACHE_HOME: join(stateFolder, 'helm/cache'),
    HELM_CONFIG_HOME: join(stateFolder, 'helm/config'),
    HELM_DATA_HOME: join(stateFolder, 'helm/data'),
    PATH: [dirname(programs.helm), dirname(programs.kubectl), process.env['PATH'] ?? ''].join(delimiter),
  }
}

function userSide(stateFolder: string, environment: Record<string, string>, programs: HelmAndKubectl) {
  const run =
    (path: string) =>
    (args: string[], options: CommandOptions = {}) =>
      runCommand(path, args, { ...options, env: { ...environment, ...options.env } })
  return {
    kubeconfigPath: join(stateFolder, KUBECONFIG_FILE),
    environment,
    logsFolder: join(stateFolder, LOGS_FOLDER),
    kubectl: run(programs.kubectl),
    helm: run(programs.helm),
    podLogs: (namespace: string, selector: string) => readPodLogs(stateFolder, namespace, selector),
    audit: () => readAudit(stateFolder),
  }
}

/** The API server writes a long request more than once, under one id. */
async function readAudit(stateFolder: string): Promise<AuditLine[]> {
  const text = await readFile(join(stateFolder, AUDIT_LOG), 'utf8').catch(() => '')
  const complete = text.slice(0, text.lastIndexOf('\n') + 1)
  const lines = complete
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as AuditLine)
  return [...new Map(lines.map((line) => [line.auditID, line])).values()]
}
