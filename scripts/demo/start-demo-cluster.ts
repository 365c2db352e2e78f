import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createCertificateAuthority } from '#scripts/cluster/authority.ts'
import { startCluster } from '#scripts/cluster/start-cluster.ts'
import type { Cluster } from '#scripts/cluster/start-cluster.ts'
import { demoWorkloads } from './workloads.ts'

interface DemoClusterOptions {
  apiPort: number
  dataFolder: string
  onProgress: (line: string) => void
}

const API_ADDRESS = '10.244.0.1'
const API_TLS_PORT = 8443
const NAMESPACE = 'kube9-system'
const OPERATOR_ROOT = fileURLToPath(new URL('../../dist/operator/rootfs', import.meta.url))

export interface DemoCluster extends Cluster {
  /** Installs the operator with helm from the portal's repository, with the key in a Secret; waits until it is ready. */
  installOperator: (portalUrl: string, key: string) => Promise<void>
}

/** A control plane with three nodes: one runs the operator as a process, two carry workloads that only look alive. */
export async function startDemoCluster(options: DemoClusterOptions): Promise<DemoCluster> {
  const authority = createCertificateAuthority('kube9 demo')
  const { certPem, keyPem } = authority.issue({ names: [], addresses: [API_ADDRESS] })
  const caFile = join(options.dataFolder, 'api-ca.crt')
  await writeFile(caFile, authority.caPem)
  const cluster = await startCluster({
    name: 'kube9-demo',
    images: { 'ghcr.io/alto9/kube9-operator': { rootfs: OPERATOR_ROOT } },
    nodes: { kwok: 2 },
    forwards: [
      {
        name: 'api',
        listen: `${API_ADDRESS}:${API_TLS_PORT}`,
        to: { host: '127.0.0.1', port: options.apiPort },
        tls: { cert: certPem, key: keyPem },
      },
    ],
    onLog: options.onProgress,
  })
  await cluster.kubectl(['apply', '-f', '-'], { stdin: JSON.stringify(demoWorkloads) })
  return { ...cluster, installOperator: (portalUrl, key) => install(cluster, { portalUrl, key, caFile }) }
}

async function install(cluster: Cluster, input: { portalUrl: string; key: string; caFile: string }): Promise<void> {
  await cluster.kubectl(['create', 'namespace', NAMESPACE])
  const metadata = { name: 'kube9-operator-config', namespace: NAMESPACE }
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata, stringData: { apiKey: input.key } }
  await cluster.kubectl(['create', '-f', '-'], { stdin: JSON.stringify(secret) })
  await cluster.helm(['repo', 'add', 'kube9', `${input.portalUrl}/charts`])
  const values = ['--set', `serverUrl=https://${API_ADDRESS}:${API_TLS_PORT}`, '--set-file', `caBundle=${input.caFile}`]
  await cluster.helm([
    'install',
    'kube9-operator',
    'kube9/kube9-operator',
    '--namespace',
    NAMESPACE,
    ...values,
    '--wait',
  ])
}
