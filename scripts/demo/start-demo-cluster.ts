import { fileURLToPath } from 'node:url'
import { NODE_ADDRESS } from '#scripts/cluster/addresses.ts'
import { startCluster } from '#scripts/cluster/start-cluster.ts'
import type { Cluster } from '#scripts/cluster/start-cluster.ts'
import { demoWorkloads } from './workloads.ts'

interface DemoClusterOptions {
  apiPort: number
  onProgress: (line: string) => void
}

const NAMESPACE = 'kube9-system'
const OPERATOR_ROOT = fileURLToPath(new URL('../../dist/operator/rootfs', import.meta.url))

export interface DemoCluster extends Cluster {
  /** Installs the operator with helm from a chart repository, with the key in a Secret; waits until it is ready. */
  installOperator: (chartsUrl: string, key: string) => Promise<void>
}

/**
 * A control plane with three nodes: one runs the operator as a process, two carry workloads that only look alive. The API has the same
 * address inside as outside, so that an editor beside the cluster knows the server that its operator names.
 */
export async function startDemoCluster({ apiPort, onProgress }: DemoClusterOptions): Promise<DemoCluster> {
  const cluster = await startCluster({
    name: 'kube9-demo',
    images: { 'ghcr.io/alto9/kube9-operator': { rootfs: OPERATOR_ROOT } },
    nodes: { kwok: 2 },
    hosts: { localhost: NODE_ADDRESS },
    forwards: [{ name: 'api', listen: `${NODE_ADDRESS}:${apiPort}`, to: { host: '127.0.0.1', port: apiPort } }],
    onLog: onProgress,
  })
  await cluster.kubectl(['apply', '-f', '-'], { stdin: JSON.stringify(demoWorkloads) })
  const serverUrl = `http://localhost:${apiPort}`
  return { ...cluster, installOperator: (chartsUrl, key) => install(cluster, { chartsUrl, key, serverUrl }) }
}

async function install(cluster: Cluster, input: { chartsUrl: string; key: string; serverUrl: string }): Promise<void> {
  await cluster.kubectl(['create', 'namespace', NAMESPACE])
  const metadata = { name: 'kube9-operator-config', namespace: NAMESPACE }
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata, stringData: { apiKey: input.key } }
  await cluster.kubectl(['create', '-f', '-'], { stdin: JSON.stringify(secret) })
  await cluster.helm(['repo', 'add', 'kube9', input.chartsUrl])
  const where = ['--namespace', NAMESPACE, '--set', `serverUrl=${input.serverUrl}`]
  await cluster.helm(['install', 'kube9-operator', 'kube9/kube9-operator', ...where, '--wait'])
}
