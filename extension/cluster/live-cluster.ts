import { clusterIdOf } from '#contract/cluster-identity.ts'
import type { EditorAccount } from '../account/account.ts'
import { Change } from '../change.ts'
import type { Disposable } from '../change.ts'
import type { Credentials, EditorProxy } from '../kube/credentials.ts'
import { HttpsKubeApi } from '../kube/https-kube-api.ts'
import type { KubeApi } from '../kube/kube-api.ts'
import { isKubeFault } from '../kube/kube-error.ts'
import type { KubeError } from '../kube/kube-error.ts'
import type { ContextAccess } from '../kube/read-kubeconfig.ts'
import type { Settings } from '../settings.ts'
import type { Cluster, KubeContext } from './cluster.ts'
import { EntitlementChecker } from './entitlement-checker.ts'
import { judgeStanding } from './judge-standing.ts'
import { readStatusText } from './observed-status.ts'
import { readIdentifier } from './read-identifier.ts'
import type { ServerKeys } from './server-keys.ts'
import { ServerOpinion } from './server-opinion.ts'
import type { Standing } from './standing.ts'
import { StatusSource } from './status-source.ts'

/** What clusters stand on; without `vscode`, so that they run in plain Node. */
export interface Surroundings {
  settings: Settings
  account: Pick<EditorAccount, 'current' | 'changed' | 'server'>
  editorProxy: () => EditorProxy
  serverKeys: ServerKeys
  log: (line: string) => void
}

/** Timers of Node overflow above. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** One context of the kubeconfig. No packet leaves for it before `connect`. */
export class LiveCluster implements Cluster {
  readonly api: KubeApi
  readonly #surroundings: Surroundings
  readonly #change = new Change()
  readonly #entitlement: EntitlementChecker
  readonly #opinion: ServerOpinion
  readonly #accountListening: Disposable
  #context: KubeContext
  #credentials: Promise<Credentials> | null = null
  #source: StatusSource | null = null
  #connecting: Promise<void> | null = null
  #timer: NodeJS.Timeout | undefined
  #turn = 0
  #standing: Standing = { mode: 'unseen' }
  #isOver = false
  identifier: string | null = null
  operatorNamespace: string | null = null

  constructor(access: ContextAccess, isCurrent: boolean, surroundings: Surroundings) {
    const { editorProxy, serverKeys, account } = surroundings
    this.#surroundings = surroundings
    this.#context = contextOf(access, isCurrent)
    this.#entitlement = new EntitlementChecker(serverKeys)
    this.#opinion = new ServerOpinion(account, () => void this.#reconsider())
    this.#accountListening = account.changed.listen(() => {
      this.#opinion.forget()
      void this.#reconsider()
    })
    const loadCredentials = async () => new (await import('../kube/credentials.ts')).Credentials(access, editorProxy)
    this.api = new HttpsKubeApi(access.cluster.server, () => (this.#credentials ??= loadCredentials()))
  }

  get context(): KubeContext {
    return this.#context
  }

  get standing(): Standing {
    return this.#standing
  }

  get changed(): Pick<Change, 'listen'> {
    return this.#change
  }

  get clusterId(): string | null {
    const { standing } = this
    const told = 'status' in standing ? (standing.status?.clusterId ?? null) : null
    return told ?? (this.identifier === null ? null : clusterIdOf(this.identifier))
  }

  /** What may change in the kubeconfig while the cluster stays the same. */
  update({ namespace, isCurrent }: Pick<KubeContext, 'namespace' | 'isCurrent'>): void {
    if (namespace === this.#context.namespace && isCurrent === this.#context.isCurrent) return
    this.#context = { ...this.#context, namespace, isCurrent }
    this.#change.fire()
  }

  connect(): Promise<void> {
    return (this.#connecting ??= this.#look())
  }

  refresh(): Promise<void> {
    this.#source?.end()
    return (this.#connecting = this.#look())
  }

  allowSignIn(): void {
    void this.#credentials?.then((credentials) => credentials.retry())
  }

  dispose(): void {
    this.#isOver = true
    this.#source?.end()
    this.#accountListening.dispose()
    clearTimeout(this.#timer)
    void this.#credentials?.then((credentials) => credentials.close())
  }

  async #look(): Promise<void> {
    // Who waits for its turn to look may come to it after the kubeconfig has lost this context.
    if (this.#isOver) return
    const { mode } = this.#standing
    if (mode === 'unseen' || mode === 'unreachable') this.#become({ mode: 'connecting' })
    const source = new StatusSource({
      api: this.api,
      namespaces: this.#surroundings.settings.operatorNamespaces,
      onChange: () => void this.#reconsider(),
    })
    this.#source = source
    // Both at once, so that a cluster that does not answer is known after one time limit, not two.
    await Promise.all([source.begin(), this.#identify()])
    await this.#reconsider()
  }

  async #identify(): Promise<void> {
    try {
      this.identifier = await readIdentifier(this.api)
    } catch (error) {
      if (isKubeFault(error, 'forbidden')) this.identifier = null
    }
  }

  /** Judges anew from what is known now; of several at once the last one counts. */
  async #reconsider(): Promise<void> {
    const source = this.#source
    const turn = ++this.#turn
    if (!source || this.#isOver) return
    const { sighting } = source
    if (!sighting) return
    if ('fault' in sighting) return this.#fail(sighting.fault)
    const { observation, namespace } = sighting
    const text = observation.kind === 'found' ? observation.text : undefined
    const status = readStatusText(text)
    const known = 'warning' in status ? { token: null, clusterId: null } : { token: status.entitlement, ...status }
    if (known.token !== null && this.identifier === null) await this.#identify()
    const now = Date.now()
    const { verdict, changesAt } = await this.#entitlement.check({
      token: known.token,
      clusterId: known.clusterId,
      serverUrl: this.#surroundings.settings.serverUrl,
      identifier: this.identifier,
      now,
    })
    if (turn !== this.#turn || this.#isOver) return
    const server = verdict.kind === 'valid' ? this.#opinion.about(verdict.claims) : null
    const judgement = judgeStanding({ observation, entitlement: verdict, server, now })
    this.operatorNamespace = namespace
    this.#become(judgement.standing)
    this.#lookAgainAt([judgement.changesAt, changesAt])
  }

  #fail(fault: KubeError): void {
    // The row names the cluster already, and a side bar is narrow.
    const said = fault.message.replace(`${this.#context.server} `, '')
    const words = said.charAt(0).toUpperCase() + said.slice(1)
    const reason = fault.mend ? `${words} ${fault.mend}` : words
    this.#become({ mode: 'unreachable', reason, mend: 'retry' })
  }

  #lookAgainAt(times: (number | null)[]): void {
    clearTimeout(this.#timer)
    const next = Math.min(...times.map((time) => time ?? Infinity))
    if (next === Infinity) return
    const waitMs = Math.min(Math.max(next - Date.now(), 0) + 1, LONGEST_TIMER_MS)
    this.#timer = setTimeout(() => void this.#reconsider(), waitMs).unref()
  }

  #become(standing: Standing): void {
    const said = wordsOf(standing)
    if (said !== wordsOf(this.#standing)) this.#surroundings.log(`${this.#context.name}: ${said}`)
    this.#standing = standing
    this.#change.fire()
  }
}

function contextOf({ name, clusterName, userName, namespace, cluster, user }: ContextAccess, isCurrent: boolean) {
  const hasPlugin = Boolean(user.exec || user['auth-provider'])
  return { name, cluster: clusterName, user: userName, namespace, server: cluster.server, isCurrent, hasPlugin }
}

function wordsOf(standing: Standing): string {
  const reason = 'reason' in standing ? standing.reason : 'warning' in standing ? standing.warning : null
  return reason ? `${standing.mode}: ${reason}` : standing.mode
}
