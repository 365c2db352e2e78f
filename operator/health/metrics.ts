import { OPERATOR_VERSION } from '../version.ts'
import type { Counters } from './counters.ts'
import { seriesOf } from './counters.ts'

/** What the gauges show, read when they are asked for. Times are in Unix seconds, null when it never happened. */
export interface GaugeValues {
  mode: string
  standing: string
  registered: boolean
  ready: boolean
  statusWritable: boolean
  lastStatusWrite: number | null
  lastHeartbeat: number | null
  nodes: { total: number; ready: number } | null
  storedEvents: number | null
  waitingCollections: { count: number; bytes: number }
  lastCollection: number | null
}

interface Metric {
  name: string
  help: string
  type: 'gauge' | 'counter'
  lines: string[]
}

export const COUNTER_NAMES = {
  statusWrites: 'kube9_operator_status_writes_total',
  serverCalls: 'kube9_operator_server_calls_total',
  clusterReads: 'kube9_operator_cluster_reads_total',
  collections: 'kube9_operator_collections_total',
} as const

/** The metrics in Prometheus' text format. */
export function renderMetrics(values: GaugeValues, counters: Counters): string {
  const metrics = [...gauges(values), ...counterMetrics(counters)]
  return metrics
    .filter(({ lines }) => lines.length > 0)
    .map(({ name, help, type, lines }) => `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('\n')}\n`)
    .join('')
}

function gauges(values: GaugeValues): Metric[] {
  const gauge = (
    name: string,
    help: string,
    value: number | boolean | null,
    labels: Record<string, string> = {},
  ): Metric => ({
    name: `kube9_operator_${name}`,
    help,
    type: 'gauge',
    lines: value === null ? [] : [`${seriesOf(`kube9_operator_${name}`, labels)} ${Number(value)}`],
  })
  return [
    gauge('info', 'Always 1; the labels say version, mode and where the operator stands.', 1, {
      version: OPERATOR_VERSION,
      mode: values.mode,
      standing: values.standing,
    }),
    gauge('registered', 'Whether the cluster counts as registered.', values.registered),
    gauge('ready', 'Whether the operator is ready.', values.ready),
    gauge('status_writable', 'Whether the last write of the status ConfigMap succeeded.', values.statusWritable),
    gauge('last_status_write_timestamp_seconds', 'When the status was last written.', values.lastStatusWrite),
    gauge('last_heartbeat_timestamp_seconds', 'When the server last took a heartbeat.', values.lastHeartbeat),
    gauge('cluster_nodes', 'Nodes of the cluster.', values.nodes?.total ?? null),
    gauge('cluster_nodes_ready', 'Nodes that are ready.', values.nodes?.ready ?? null),
    gauge('stored_events', 'Events in the store.', values.storedEvents),
    gauge('waiting_collections', 'Collections that wait to be delivered.', values.waitingCollections.count),
    gauge('waiting_collections_bytes', 'What they take in memory.', values.waitingCollections.bytes),
    gauge('last_collection_timestamp_seconds', 'When the server last took a collection.', values.lastCollection),
    {
      name: 'process_resident_memory_bytes',
      help: 'Resident memory of the operator.',
      type: 'gauge',
      lines: [`process_resident_memory_bytes ${process.memoryUsage.rss()}`],
    },
  ]
}

function counterMetrics(counters: Counters): Metric[] {
  const counter = (name: string, help: string): Metric => ({ name, help, type: 'counter', lines: counters.lines(name) })
  return [
    counter(COUNTER_NAMES.statusWrites, 'Writes of the status ConfigMap, by outcome.'),
    counter(COUNTER_NAMES.serverCalls, 'Calls to the server, by procedure and outcome.'),
    counter(COUNTER_NAMES.clusterReads, 'Reads of the whole cluster, by outcome.'),
    counter(COUNTER_NAMES.collections, 'Collections, by type and what became of them.'),
  ]
}
