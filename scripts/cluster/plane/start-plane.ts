import { generateKeyPairSync } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { API_SERVER_PORT, KWOK_POD_RANGE, NODE_ADDRESS, SERVICE_RANGE } from '../addresses.ts'
import { ApiClient } from '../kubelet/api-client.ts'
import { AUDIT_LOG } from '../sandbox/protocol.ts'
import type { PlaneUser, SandboxOptions } from '../sandbox/protocol.ts'
import { kubeconfig } from './kubeconfig.ts'
import { programReady, startProgram } from './program.ts'
import type { PlaneProgram } from './program.ts'

const ETCD_CLIENT_PORT = 2379
const ETCD_PEER_PORT = 2380
const READY_TIMEOUT_MS = 60_000

/** Who the control plane's own programs are to the API server, as `token,user,uid,groups`. */
const IDENTITIES: Record<PlaneUser, (nodeName: string) => string> = {
  admin: () => 'kube9-admin,admin,"system:masters"',
  controllerManager: () => 'system:kube-controller-manager,controller-manager',
  scheduler: () => 'system:kube-scheduler,scheduler',
  kubelet: (nodeName) => `system:node:${nodeName},kubelet,"system:nodes"`,
}

/** Requests of workloads are recorded, those of the control plane's own controllers are not. */
const AUDIT_POLICY = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  omitStages: ['RequestReceived'],
  rules: [
    { level: 'None', userGroups: ['system:serviceaccounts:kube-system'] },
    { level: 'Metadata', userGroups: ['system:serviceaccounts'] },
    { level: 'None' },
  ],
}

const UNTHROTTLED = ['--kube-api-qps=500', '--kube-api-burst=1000']

/** Files that the programs read, below the state folder. */
const file = {
  tokens: 'plane/tokens.csv',
  auditPolicy: 'plane/audit-policy.json',
  serviceAccountKey: 'plane/service-account.key',
  serviceAccountPublicKey: 'plane/service-account.pub',
  caCertificate: 'plane/ca.crt',
  servingCertificate: 'plane/serving.crt',
  servingKey: 'plane/serving.key',
} as const

/** A client of the API server, as one of the control plane's identities. */
export function planeClient(options: SandboxOptions, user: PlaneUser): ApiClient {
  const { tokens, serving } = options
  return new ApiClient({ host: NODE_ADDRESS, port: API_SERVER_PORT, token: tokens[user], caPem: serving.caPem })
}

/** Starts etcd, the API server, the controllers and kwok, and resolves once the API server answers. */
export async function startPlane(options: SandboxOptions): Promise<PlaneProgram[]> {
  await writePlaneFiles(options)
  const etcd = startEtcd(options)
  await programReady(etcd, READY_TIMEOUT_MS, () => accepts('127.0.0.1', ETCD_CLIENT_PORT))
  const apiServer = startApiServer(options)
  const client = planeClient(options, 'admin')
  await programReady(apiServer, READY_TIMEOUT_MS, async () => {
    await client.get('/api/v1/namespaces/default')
    return true
  })
  return [etcd, apiServer, ...startControllers(options)]
}

async function writePlaneFiles(options: SandboxOptions): Promise<void> {
  const { stateFolder, serving, tokens, nodeName } = options
  await mkdir(join(stateFolder, 'plane'))
  const serviceAccount = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  })
  const users = Object.keys(IDENTITIES) as PlaneUser[]
  const contents: Record<string, string> = {
    [file.tokens]: users.map((user) => `${tokens[user]},${IDENTITIES[user](nodeName)}\n`).join(''),
    [file.auditPolicy]: JSON.stringify(AUDIT_POLICY),
    [file.serviceAccountKey]: serviceAccount.privateKey,
    [file.serviceAccountPublicKey]: serviceAccount.publicKey,
    [file.caCertificate]: serving.caPem,
    [file.servingCertificate]: serving.certPem,
    [file.servingKey]: serving.keyPem,
  }
  const server = `https://${NODE_ADDRESS}:${API_SERVER_PORT}`
  for (const user of users) {
    contents[kubeconfigFile(user)] = kubeconfig({ server, caPem: serving.caPem, token: tokens[user], name: user })
  }
  await Promise.all(
    Object.entries(contents).map(([path, text]) => writeFile(join(stateFolder, path), text, { mode: 0o600 })),
  )
}

function kubeconfigFile(user: PlaneUser): string {
  return `plane/${user}.kubeconfig`
}

function startEtcd({ controlPlane, stateFolder }: SandboxOptions): PlaneProgram {
  const clientUrl = `http://127.0.0.1:${ETCD_CLIENT_PORT}`
  const peerUrl = `http://127.0.0.1:${ETCD_PEER_PORT}`
  const args = [
    '--data-dir=plane/etcd',
    // The data ends with the sandbox: waiting for the disk would only cost time.
    '--unsafe-no-fsync',
    `--listen-client-urls=${clientUrl}`,
    `--advertise-client-urls=${clientUrl}`,
    `--listen-peer-urls=${peerUrl}`,
    `--initial-advertise-peer-urls=${peerUrl}`,
    `--initial-cluster=default=${peerUrl}`,
  ]
  return startProgram(controlPlane.etcd, args, stateFolder)
}

function startApiServer({ controlPlane, stateFolder }: SandboxOptions): PlaneProgram {
  const args = [
    `--etcd-servers=http://127.0.0.1:${ETCD_CLIENT_PORT}`,
    `--bind-address=${NODE_ADDRESS}`,
    `--advertise-address=${NODE_ADDRESS}`,
    `--secure-port=${API_SERVER_PORT}`,
    `--tls-cert-file=${file.servingCertificate}`,
    `--tls-private-key-file=${file.servingKey}`,
    `--service-cluster-ip-range=${SERVICE_RANGE}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-key-file=${file.serviceAccountPublicKey}`,
    `--service-account-signing-key-file=${file.serviceAccountKey}`,
    `--token-auth-file=${file.tokens}`,
    '--kubelet-preferred-address-types=InternalIP',
    '--authorization-mode=Node,RBAC',
    '--enable-admission-plugins=NodeRestriction',
    '--allow-privileged=true',
    `--audit-policy-file=${file.auditPolicy}`,
    `--audit-log-path=${AUDIT_LOG}`,
  ]
  return startProgram(controlPlane.apiServer, args, stateFolder)
}

function startControllers({ controlPlane, stateFolder, kwokNodes }: SandboxOptions): PlaneProgram[] {
  const managerArgs = [
    `--kubeconfig=${kubeconfigFile('controllerManager')}`,
    `--service-account-private-key-file=${file.serviceAccountKey}`,
    `--root-ca-file=${file.caCertificate}`,
    '--use-service-account-credentials',
    '--leader-elect=false',
    '--node-monitor-period=1s',
    '--node-monitor-grace-period=12s',
    ...UNTHROTTLED,
  ]
  const schedulerArgs = [`--kubeconfig=${kubeconfigFile('scheduler')}`, '--leader-elect=false', ...UNTHROTTLED]
  const programs = [
    startProgram(controlPlane.controllerManager, managerArgs, stateFolder),
    startProgram(controlPlane.scheduler, schedulerArgs, stateFolder),
  ]
  if (kwokNodes.length === 0) return programs
  const kwokArgs = [
    `--kubeconfig=${kubeconfigFile('admin')}`,
    `--config=${controlPlane.kwokStages}`,
    '--manage-nodes-with-label-selector=type=kwok',
    // Renewed four times as often: within the grace of the node monitor, or pods would be marked as not ready for good.
    '--node-lease-duration-seconds=12',
    `--cidr=${KWOK_POD_RANGE}`,
  ]
  return [...programs, startProgram(controlPlane.kwok, kwokArgs, stateFolder)]
}

function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host)
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}
