import { window, workspace } from 'vscode'
import { yamlUri } from '../documents/yaml-documents.ts'
import type { Services } from '../services.ts'
import { chooseObject } from './choose-object.ts'
import type { CommandTarget } from './target.ts'

/** Shows an object as YAML, to read. */
export async function run(services: Services, target: CommandTarget | undefined): Promise<void> {
  const object = await chooseObject(services, target)
  if (!object) return
  const document = await workspace.openTextDocument(yamlUri(object))
  await window.showTextDocument(document, { preview: true })
}
