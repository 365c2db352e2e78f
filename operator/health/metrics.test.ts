import { expect, test } from 'vitest'
import { Counters } from './counters.ts'
import { COUNTER_NAMES, renderMetrics } from './metrics.ts'

const values = {
  mode: 'enabled',
  standing: 'registered',
  registered: true,
  ready: true,
  statusWritable: true,
  lastStatusWrite: 1_795_435_200,
  lastHeartbeat: null,
  nodes: { total: 3, ready: 2 },
  storedEvents: 12,
  waitingCollections: { count: 2, bytes: 4096 },
  lastCollection: null,
}

test('every line is Prometheus’ text format, and what never happened is left out', () => {
  const counters = new Counters()
  counters.count(COUNTER_NAMES.serverCalls, { procedure: 'heartbeat', outcome: 'ok' })
  counters.count(COUNTER_NAMES.serverCalls, { procedure: 'heartbeat', outcome: 'ok' })
  counters.count(COUNTER_NAMES.serverCalls, { procedure: 'register', outcome: 'odd"\\\nvalue' })
  const text = renderMetrics(values, counters)
  for (const line of text.trimEnd().split('\n')) {
    expect(line).toMatch(/^# (HELP \w+ .+|TYPE \w+ (gauge|counter))$|^\w+(\{\w+="[^"\\]*"(,\w+="[^"\\]*")*\})? [\d.]+$/)
  }
  expect(text).toContain('kube9_operator_server_calls_total{procedure="heartbeat",outcome="ok"} 2\n')
  expect(text).toContain('kube9_operator_cluster_nodes_ready 2\n')
  expect(text).toContain('kube9_operator_waiting_collections_bytes 4096\n')
  expect(text).not.toContain('last_heartbeat')
  expect(text).not.toContain(COUNTER_NAMES.statusWrites)
})
