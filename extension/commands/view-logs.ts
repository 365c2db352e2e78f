import { window } from 'vscode'
import { readObject } from '../documents/follow-object.ts'
import { showInformation } from '../messages.ts'
import type { Services } from '../services.ts'
import { referTo } from '../webviews/frame/known-kinds.ts'
import type { ObjectReference } from '../webviews/frame/object-reference.ts'
import { labelSelectorText, podSelectorOf } from '../webviews/frame/pod-selector.ts'
import { readTable } from '../webviews/frame/read-pages.ts'
import { openLogs } from '../webviews/logs/logs-webview.ts'
import { chooseObject } from './choose-object.ts'
import type { CommandTarget } from './target.ts'

const MAX_PODS = 500

/** Shows the log of a pod; for a workload the person chooses one of its pods, unless there is only one. */
export async function run(services: Services, target: CommandTarget | undefined): Promise<void> {
  const object = await chooseObject(services, target, ['Pod'])
  if (!object) return
  const pod = object.kind === 'Pod' ? object : await choosePod(services, object)
  if (pod) openLogs(services, { pod, container: null })
}

async function choosePod({ clusters }: Services, workload: ObjectReference): Promise<ObjectReference | undefined> {
  const cluster = clusters.find(workload.context)
  if (!cluster || workload.namespace === null) return undefined
  const { object } = await readObject(cluster.api, workload)
  const selector = podSelectorOf(object)
  const path = `/api/v1/namespaces/${encodeURIComponent(workload.namespace)}/pods`
  const query = { labelSelector: selector ? labelSelectorText(selector) : '' }
  const { items } = selector
    ? await readTable(cluster.api, { path, query, limit: MAX_PODS, maxPages: 1 })
    : { items: [] }
  if (items.length === 0) {
    void showInformation(`${workload.kind} ${workload.name} has no pods, so there is no log.`)
    return undefined
  }
  const choices = items.map(({ name, namespace, cells }) => ({
    label: name,
    description: [cells['Status'], cells['Ready'] && `${cells['Ready']} ready`].filter(Boolean).join(', '),
    pod: referTo({ context: workload.context, kind: 'Pod', name, namespace }) ?? undefined,
  }))
  const [only] = choices
  if (choices.length === 1) return only?.pod
  const placeHolder = `Choose a pod of ${workload.kind} ${workload.name}`
  return (await window.showQuickPick(choices, { placeHolder, matchOnDescription: true }))?.pod
}
