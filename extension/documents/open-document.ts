import type { ClusterRegistry } from '../cluster/cluster.ts'
import type { KubeError } from '../kube/kube-error.ts'
import { ClusterWatch } from '../webviews/frame/cluster-watch.ts'
import type { ObjectReference } from '../webviews/frame/object-reference.ts'
import { followObject } from './follow-object.ts'
import { objectYaml } from './object-yaml.ts'
import type { SeenObject } from './seen-object.ts'

/** Changes that come at once are shown at once. */
const SETTLE_MS = 200

interface OpenOptions {
  reference: ObjectReference
  showManagedFields: () => boolean
  onChange: () => void
}

/** One object's text, which follows the cluster until its end. Without `vscode`, so that Node can test it. */
export class OpenDocument {
  readonly #reference: ObjectReference
  readonly #showManagedFields: () => boolean
  readonly #onChange: () => void
  readonly #ending = new AbortController()
  #settle: () => void = () => undefined
  /** Something is known. */
  readonly #first = new Promise<void>((resolve) => (this.#settle = resolve))
  #cluster: ClusterWatch['cluster'] = null
  #following = new AbortController()
  #seen: SeenObject | null = null
  /** Why there is nothing newer to see, as comments above the text. */
  #note = ''
  #timer: NodeJS.Timeout | undefined

  constructor(clusters: ClusterRegistry, { reference, showManagedFields, onChange }: OpenOptions) {
    this.#reference = reference
    this.#showManagedFields = showManagedFields
    this.#onChange = onChange
    const watch = new ClusterWatch(clusters, {
      context: reference.context,
      onChange: () => this.#follow(watch),
      signal: this.#ending.signal,
    })
  }

  async text(): Promise<string> {
    await this.#first
    const showManagedFields = this.#showManagedFields()
    const body = this.#seen ? objectYaml(this.#seen, { reference: this.#reference, showManagedFields }) : ''
    return `${this.#note}${body}`
  }

  end(): void {
    clearTimeout(this.#timer)
    this.#ending.abort()
    this.#following.abort()
    this.#settle()
  }

  #follow(watch: ClusterWatch): void {
    const { cluster, isGone } = watch
    if (isGone) this.#tell(`No kubeconfig names the context ${this.#reference.context} any more.`)
    if (cluster === this.#cluster) return
    this.#cluster = cluster
    this.#following.abort()
    if (cluster === null) return
    this.#following = new AbortController()
    const listener = {
      onSeen: (seen: SeenObject) => {
        this.#seen = seen
        this.#tell(null)
      },
      onGone: () => this.#tell(this.#seen ? 'Deleted. This is what was known last.' : 'There is no such object.'),
      onFault: ({ message, mend }: KubeError) => this.#tell([message, mend].filter(Boolean).join('\n')),
    }
    void followObject(cluster.api, this.#reference, { listener, signal: this.#following.signal })
  }

  #tell(note: string | null): void {
    this.#note = (note ?? '').replace(/^(?=.)/gm, '# ').replace(/.$/, '$&\n')
    this.#settle()
    clearTimeout(this.#timer)
    this.#timer = setTimeout(this.#onChange, SETTLE_MS)
  }
}
