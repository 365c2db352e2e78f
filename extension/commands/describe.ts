import type { Services } from '../services.ts'
import { openDescribe } from '../webviews/describe/describe-webview.ts'
import { chooseObject } from './choose-object.ts'
import type { CommandTarget } from './target.ts'

/** Shows one object: how it is, what belongs to it, and what happened to it. */
export async function run(services: Services, target: CommandTarget | undefined): Promise<void> {
  const object = await chooseObject(services, target)
  if (object) openDescribe(services, object)
}
