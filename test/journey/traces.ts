import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { NAMESPACE } from './house.ts'
import type { House } from './house.ts'
import { operatorPod } from './operator-view.ts'

/** A place where a secret must never be, and what is there. */
export type Trace = { where: string; text: string }

/** Everything that a run leaves where others may read it. */
export async function collectTraces(house: House): Promise<Trace[]> {
  const { stack, cluster, visit } = house
  return [
    { where: 'log of the portal', text: stack.portal.output },
    { where: 'log of the API', text: stack.api.output },
    { where: 'log of the worker', text: stack.worker.output },
    { where: 'addresses that the browser asked for', text: visit.urls.join('\n') },
    { where: 'ConfigMaps', text: await cluster.kubectl(['get', 'configmaps', '--all-namespaces', '-o=yaml']) },
    { where: 'pods and their arguments', text: await cluster.kubectl(['get', 'pods', '--all-namespaces', '-o=yaml']) },
    { where: 'Kubernetes events', text: await cluster.kubectl(['get', 'events', '--all-namespaces', '-o=yaml']) },
    { where: 'release values', text: await cluster.helm(['get', 'all', 'kube9-operator', '--namespace', NAMESPACE]) },
    { where: 'metrics of the operator', text: await operatorMetrics(house) },
    ...(await clusterLogs(cluster.logsFolder)),
    ...(await pages(house)),
  ]
}

async function operatorMetrics({ cluster }: House): Promise<string> {
  const { name } = await operatorPod(cluster)
  const read = 'fetch("http://127.0.0.1:8080/metrics").then((r) => r.text()).then((t) => console.log(t))'
  const answer = await cluster.exec({
    namespace: NAMESPACE,
    pod: name,
    container: 'operator',
    command: ['node', '-e', read],
  })
  if (answer.exitCode !== 0) throw new Error(`The operator's metrics cannot be read: ${answer.stderr}`)
  return answer.stdout
}

async function clusterLogs(folder: string): Promise<Trace[]> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  return Promise.all(
    files.map(async ({ parentPath, name }) => ({
      where: `log ${name}`,
      text: await readFile(join(parentPath, name), 'utf8'),
    })),
  )
}

/** Metrics, and the pages that faults answer with. */
async function pages({ stack }: House): Promise<Trace[]> {
  const requests: [string, RequestInit?][] = [
    [`${stack.apiOrigin}/metrics`],
    [`${stack.portalUrl}/metrics`],
    [`${stack.portalUrl}/no-such-page`],
    [`${stack.apiOrigin}/no-such-path`],
    [
      `${stack.apiOrigin}/v1/operator/register`,
      { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } },
    ],
  ]
  return Promise.all(requests.map(async ([url, init]) => ({ where: url, text: await (await fetch(url, init)).text() })))
}
