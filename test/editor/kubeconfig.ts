import { readFile, writeFile } from 'node:fs/promises'
import type { Cluster } from '#scripts/cluster/start-cluster.ts'

type Named<Key extends string, Value> = { name: string } & Record<Key, Value>

/** As much of a kubeconfig as tests write. */
export type Kubeconfig = {
  apiVersion: 'v1'
  kind: 'Config'
  clusters: Named<'cluster', { server: string; 'certificate-authority-data'?: string; 'tls-server-name'?: string }>[]
  users: Named<'user', { token: string }>[]
  contexts: Named<'context', { cluster: string; user: string; namespace?: string }>[]
  'current-context': string
}

export async function readKubeconfig(cluster: Cluster): Promise<Kubeconfig> {
  return JSON.parse(await readFile(cluster.kubeconfigPath, 'utf8')) as Kubeconfig
}

export async function writeKubeconfig(file: string, config: Kubeconfig): Promise<void> {
  await writeFile(file, JSON.stringify(config, null, 2))
}

/** Adds a context for another API server, with the same user. */
export function withServer(config: Kubeconfig, name: string, server: string): Kubeconfig {
  const [cluster, user] = [config.clusters[0]?.cluster, config.users[0]?.name ?? '']
  return {
    ...config,
    clusters: [...config.clusters, { name, cluster: { ...cluster, server } }],
    contexts: [...config.contexts, { name, context: { cluster: name, user } }],
  }
}

/** Adds a context whose address is none that the editor takes for one of this machine, though it is. */
export function withFarServer(config: Kubeconfig, name: string): Kubeconfig {
  const added = withServer(config, name, serverOf(config).replace('127.0.0.1', '[::ffff:127.0.0.1]'))
  const cluster = added.clusters.at(-1)?.cluster
  if (cluster) cluster['tls-server-name'] = 'kubernetes'
  return added
}

/** Adds a context for another user of the same cluster. */
export function withUser(config: Kubeconfig, name: string, token: string): Kubeconfig {
  return {
    ...config,
    users: [...config.users, { name, user: { token } }],
    contexts: [...config.contexts, { name, context: { cluster: config.clusters[0]?.name ?? '', user: name } }],
  }
}

/** The server that a kubeconfig of one cluster names. */
export function serverOf({ clusters }: Kubeconfig): string {
  return clusters[0]?.cluster.server ?? ''
}

/** A ServiceAccount of namespace `default` with the rules of a ClusterRole, and a token for it. */
export async function createUser({ kubectl }: Cluster, name: string, rules: object[]): Promise<string> {
  const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name }, rules }
  await kubectl(['create', 'serviceaccount', name])
  await kubectl(['apply', '-f', '-'], { stdin: JSON.stringify(role) })
  await kubectl(['create', 'clusterrolebinding', name, `--clusterrole=${name}`, `--serviceaccount=default:${name}`])
  return (await kubectl(['create', 'token', name])).trim()
}
