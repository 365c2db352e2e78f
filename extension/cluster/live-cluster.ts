import { createHash } from 'node:crypto'
import { z } from 'zod'
import { clusterIdOf } from '#contract/cluster-identity.ts'
import type { EditorAccount } from '../account/account.ts'
import { Change } from '../change.ts'
import type { Credentials, EditorProxy } from '../kube/credentials.ts'
import { HttpsKubeApi } from '../kube/https-kube-api.ts'
import type { KubeApi } from '../kube/kube-api.ts'
import type { ContextAccess } from '../kube/read-kubeconfig.ts'
import type { Settings } from '../settings.ts'
import type { Cluster, KubeContext } from './cluster.ts'
import type { Standing } from './standing.ts'

/** What clusters stand on; without `vscode`, so that they run in plain Node. */
export interface Surroundings {
  settings: Settings
  account: Pick<EditorAccount, 'current' | 'changed' | 'server'>
  editorProxy: () => EditorProxy
  log: (line: string) => void
}

const namespaceSchema = z.object({ metadata: z.object({ uid: z.string().min(1) }) })

/** One context of the kubeconfig. No packet leaves for it before `connect`. */
export class LiveCluster implements Cluster {
  readonly api: KubeApi
  readonly #change = new Change()
  #context: KubeContext
  #credentials: Promise<Credentials> | null = null
  standing: Standing = { mode: 'unseen' }
  identifier: string | null = null
  operatorNamespace: string | null = null

  constructor(access: ContextAccess, isCurrent: boolean, { editorProxy }: Surroundings) {
    const { name, clusterName, userName, namespace, cluster } = access
    this.#context = { name, cluster: clusterName, user: userName, namespace, server: cluster.server, isCurrent }
    const loadCredentials = async () => new (await import('../kube/credentials.ts')).Credentials(access, editorProxy)
    this.api = new HttpsKubeApi(cluster.server, () => (this.#credentials ??= loadCredentials()))
  }

  get context(): KubeContext {
    return this.#context
  }

  get changed(): Pick<Change, 'listen'> {
    return this.#change
  }

  get clusterId(): string | null {
    const { standing } = this
    const told = 'status' in standing ? (standing.status?.clusterId ?? null) : null
    return told ?? (this.identifier === null ? null : clusterIdOf(this.identifier))
  }

  setCurrent(isCurrent: boolean): void {
    if (isCurrent !== this.#context.isCurrent) this.#context = { ...this.#context, isCurrent }
  }

  async connect(): Promise<void> {
    await this.refresh()
  }

  async refresh(): Promise<void> {
    const { metadata } = await this.api.call('/api/v1/namespaces/kube-system', namespaceSchema)
    this.identifier = `sha256:${createHash('sha256').update(metadata.uid).digest('hex')}`
    this.standing = { mode: 'basic', warning: null }
    this.#change.fire()
  }

  dispose(): void {
    void this.#credentials?.then((credentials) => credentials.close())
  }
}
