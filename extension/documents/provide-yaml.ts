import { EventEmitter, workspace } from 'vscode'
import type { Disposable, Uri } from 'vscode'
import type { Services } from '../services.ts'
import type { YamlDocuments } from './yaml-documents.ts'

/** Answers for the documents of our scheme. What reads them is loaded with the first one. */
export function provideYaml(services: Services): Disposable[] {
  const changed = new EventEmitter<Uri>()
  let loading: Promise<YamlDocuments> | null = null
  const load = async () => new (await import('./yaml-documents.ts')).YamlDocuments(services, changed)
  const provider = workspace.registerTextDocumentContentProvider('kube9', {
    onDidChange: changed.event,
    provideTextDocumentContent: async (uri) => (await (loading ??= load())).text(uri),
  })
  return [changed, provider]
}
