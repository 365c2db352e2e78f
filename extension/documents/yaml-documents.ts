import { Uri, workspace } from 'vscode'
import type { EventEmitter } from 'vscode'
import type { KubeError } from '../kube/kube-error.ts'
import type { Services } from '../services.ts'
import { ClusterWatch } from '../webviews/frame/cluster-watch.ts'
import type { ObjectReference } from '../webviews/frame/object-reference.ts'
import { followObject } from './follow-object.ts'
import { objectYaml } from './object-yaml.ts'
import type { SeenObject } from './seen-object.ts'
import { referenceOf, YAML_SCHEME, yamlUriParts } from './yaml-uri.ts'

/** Changes that come at once are shown at once. */
const SETTLE_MS = 200

/** Objects as read-only documents that follow the cluster for as long as they are open. */
export class YamlDocuments {
  readonly #services: Services
  readonly #changed: EventEmitter<Uri>
  readonly #open = new Map<string, OpenDocument>()

  constructor(services: Services, changed: EventEmitter<Uri>) {
    this.#services = services
    this.#changed = changed
    workspace.onDidCloseTextDocument(({ uri }) => {
      if (uri.scheme === YAML_SCHEME) this.#close(uri)
    })
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('kube9.yaml')) for (const { uri } of this.#open.values()) changed.fire(uri)
    })
  }

  /** The text as it is now; the first one waits for the cluster. */
  async text(uri: Uri): Promise<string> {
    const reference = referenceOf(uri.query)
    if (!reference) return '# This address names no object of a cluster.\n'
    const key = uri.toString()
    let document = this.#open.get(key)
    if (!document) {
      document = new OpenDocument(this.#services, { uri, reference, onChange: () => this.#changed.fire(uri) })
      this.#open.set(key, document)
    }
    return document.text()
  }

  #close(uri: Uri): void {
    this.#open.get(uri.toString())?.end()
    this.#open.delete(uri.toString())
  }
}

interface OpenOptions {
  uri: Uri
  reference: ObjectReference
  onChange: () => void
}

class OpenDocument {
  readonly uri: Uri
  readonly #reference: ObjectReference
  readonly #onChange: () => void
  readonly #ending = new AbortController()
  #settle: () => void = () => undefined
  /** Something is known. */
  readonly #first = new Promise<void>((resolve) => (this.#settle = resolve))
  #following = new AbortController()
  #seen: SeenObject | null = null
  /** Why there is nothing newer to see, as comments above the text. */
  #note = ''
  #timer: NodeJS.Timeout | undefined

  constructor(services: Services, { uri, reference, onChange }: OpenOptions) {
    this.uri = uri
    this.#reference = reference
    this.#onChange = onChange
    const watch = new ClusterWatch(services.clusters, {
      context: reference.context,
      onChange: () => this.#follow(watch),
      signal: this.#ending.signal,
    })
  }

  async text(): Promise<string> {
    await this.#first
    const showManagedFields = workspace.getConfiguration('kube9').get<boolean>('yaml.showManagedFields', false)
    const body = this.#seen ? objectYaml(this.#seen, { reference: this.#reference, showManagedFields }) : ''
    return `${this.#note}${body}`
  }

  end(): void {
    clearTimeout(this.#timer)
    this.#ending.abort()
    this.#following.abort()
    this.#settle()
  }

  #api: ClusterWatch['cluster'] = null

  #follow(watch: ClusterWatch): void {
    if (watch.isGone) this.#tell(`No kubeconfig names the context ${this.#reference.context} any more.`)
    const { cluster } = watch
    if (cluster === this.#api || cluster === null) return
    this.#api = cluster
    this.#following.abort()
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

export function yamlUri(reference: ObjectReference): Uri {
  return Uri.from(yamlUriParts(reference))
}
