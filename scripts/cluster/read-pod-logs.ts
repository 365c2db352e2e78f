import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { parseLine } from './kubelet/container-log.ts'
import { POD_LOGS_FOLDER } from './sandbox/protocol.ts'

interface LoggedPod {
  namespace: string
  name: string
  labels: Record<string, string>
}

/**
 * All lines of the containers of matching pods, those of pods that are gone included, in the order of time. The selector
 * is a list of `label=value`, joined by commas; an empty one matches every pod of the namespace.
 */
export async function readPodLogs(stateFolder: string, namespace: string, selector: string): Promise<string[]> {
  const folder = join(stateFolder, POD_LOGS_FOLDER)
  const lines: string[] = []
  for (const uid of await readdir(folder)) {
    const text = await readFile(join(folder, uid, 'pod.json'), 'utf8').catch(() => null)
    if (!text || !matches(JSON.parse(text) as LoggedPod, namespace, selector)) continue
    const files = (await readdir(join(folder, uid))).filter((name) => name.endsWith('.log'))
    const contents = await Promise.all(files.map((name) => readFile(join(folder, uid, name), 'utf8')))
    lines.push(...contents.flatMap((content) => content.split('\n').filter(Boolean)))
  }
  // Each line begins with its time, in a form that sorts as text.
  return lines.toSorted().map((line) => parseLine(line).text)
}

function matches(pod: LoggedPod, namespace: string, selector: string): boolean {
  if (pod.namespace !== namespace) return false
  return selector
    .split(',')
    .filter(Boolean)
    .every((term) => {
      const [key = '', value = ''] = term.split('=')
      return pod.labels[key] === value
    })
}
