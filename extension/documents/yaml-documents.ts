import { Uri, workspace } from 'vscode'
import type { EventEmitter } from 'vscode'
import type { Services } from '../services.ts'
import type { ObjectReference } from '../webviews/frame/object-reference.ts'
import { OpenDocument } from './open-document.ts'
import { referenceOf, YAML_SCHEME, yamlUriParts } from './yaml-uri.ts'

/** Objects as read-only documents that follow the cluster for as long as they are open. */
export class YamlDocuments {
  readonly #services: Services
  readonly #changed: EventEmitter<Uri>
  readonly #open = new Map<string, { uri: Uri; document: OpenDocument }>()

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
    const open = this.#open.get(key) ?? { uri, document: this.#begin(uri, reference) }
    this.#open.set(key, open)
    return open.document.text()
  }

  #begin(uri: Uri, reference: ObjectReference): OpenDocument {
    const showManagedFields = () => workspace.getConfiguration('kube9').get<boolean>('yaml.showManagedFields', false)
    const onChange = () => this.#changed.fire(uri)
    return new OpenDocument(this.#services.clusters, { reference, showManagedFields, onChange })
  }

  #close(uri: Uri): void {
    this.#open.get(uri.toString())?.document.end()
    this.#open.delete(uri.toString())
  }
}

export function yamlUri(reference: ObjectReference): Uri {
  return Uri.from(yamlUriParts(reference))
}
