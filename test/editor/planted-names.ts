import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import type { EditorHouse } from './editor-house.ts'

/** Names that occur nowhere else in the world, so that finding one means that it leaked. */
export type PlantedNames = { namespace: string; deployment: string; statefulSet: string; service: string }

/** Workloads of distinctive names, on nodes that only look alive. */
export async function plantNames({ cluster }: EditorHouse): Promise<PlantedNames> {
  const unique = randomBytes(4).toString('hex')
  const named = (word: string) => `planted-${word}-${unique}`
  const names = {
    namespace: named('secret-project'),
    deployment: named('checkout'),
    statefulSet: named('ledger'),
    service: named('gateway'),
  }
  const items = [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: names.namespace } },
    workload('Deployment', names.deployment, 2),
    { ...workload('StatefulSet', names.statefulSet, 1) },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: names.service },
      spec: { selector: { app: names.deployment }, ports: [{ port: 80 }] },
    },
  ].map((item) => ({
    ...item,
    metadata: { ...item.metadata, ...(item.kind !== 'Namespace' && { namespace: names.namespace }) },
  }))
  await cluster.kubectl(['apply', '-f', '-'], { stdin: JSON.stringify({ apiVersion: 'v1', kind: 'List', items }) })
  return names
}

function workload(kind: 'Deployment' | 'StatefulSet', app: string, replicas: number) {
  const spec = {
    nodeSelector: { type: 'kwok' },
    tolerations: [{ key: 'kwok.x-k8s.io/node', operator: 'Exists', effect: 'NoSchedule' }],
    containers: [{ name: app, image: `registry.example/${app}:1` }],
  }
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name: app },
    spec: {
      replicas,
      selector: { matchLabels: { app } },
      ...(kind === 'StatefulSet' && { serviceName: app }),
      template: { metadata: { labels: { app } }, spec },
    },
  }
}

/** Where names would be if they had left the cluster: what the server stores, what its programs logged, what crossed the wire. */
export async function placesOutside(house: EditorHouse): Promise<{ where: string; text: string }[]> {
  const { stack, wire } = house
  return [
    { where: 'the wire', text: wire.text },
    { where: 'log of the portal', text: stack.portal.output },
    { where: 'log of the API', text: stack.api.output },
    { where: 'log of the worker', text: stack.worker.output },
    ...(await databaseTables(stack.database.ownerUrl)),
  ]
}

/** Every row of every table, as text. */
async function databaseTables(url: string): Promise<{ where: string; text: string }[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
    )
    const tables: { where: string; text: string }[] = []
    for (const { name } of rows) {
      const content = await client.query<{ text: string }>(`select row_to_json(t)::text as text from ${name} t`)
      tables.push({ where: `table ${name}`, text: content.rows.map(({ text }) => text).join('\n') })
    }
    return tables
  } finally {
    await client.end()
  }
}
