import { expect, test } from 'vitest'
import { DASHBOARD_CONFIG_MAP } from '#contract/dashboard-data.ts'
import type { DashboardData } from '#contract/dashboard-data.ts'
import type { KubeRequest } from '../../kube/kube-api.ts'
import { KubeError } from '../../kube/kube-error.ts'
import { recordedApi } from '../frame/recorded-api.ts'
import { composeOverview } from './compose-overview.ts'
import { overlayFacts, noFacts } from './facts.ts'
import type { OverviewFacts } from './facts.ts'
import { overviewSchema } from './protocol.ts'
import { dashboardFrom } from './read-dashboard.ts'
import { readFacts } from './read-facts.ts'
import { groupWarnings } from './read-warnings.ts'

const signal = new AbortController().signal
const forbidden = (what: string) =>
  new KubeError('forbidden', `You may not list ${what} in the whole cluster.`, {
    status: 403,
    rbac: `{apiGroups: [""], resources: ["${what}"], verbs: ["list"]}`,
  })

const list = (count: number) => ({ metadata: {}, items: Array.from({ length: count }, () => ({})) })

function table(columns: string[], rows: { name: string; cells: unknown[] }[]) {
  return {
    metadata: {},
    columnDefinitions: columns.map((name) => ({ name })),
    rows: rows.map(({ name, cells }) => ({ cells, object: { metadata: { name, namespace: 'shop' } } })),
  }
}

const node = (name: string, status: 'True' | 'False') => ({
  metadata: { name },
  status: {
    capacity: { cpu: '4', memory: '16393244Ki' },
    conditions: [{ type: 'Ready', status }],
    nodeInfo: { kubeletVersion: 'v1.35.4' },
  },
})

const pods = ({ query }: KubeRequest) => {
  const selector = String(query?.['fieldSelector'] ?? '')
  if (selector === '') return { metadata: { continue: 'x', remainingItemCount: 11 }, items: [{}] }
  return list({ 'status.phase=Pending': 2, 'status.phase=Failed': 1 }[selector] ?? 0)
}

const answers = {
  '/version': { gitVersion: 'v1.35.4' },
  '/api/v1/nodes': { metadata: {}, items: [node('n10', 'True'), node('n2', 'True'), node('n3', 'False')] },
  '/api/v1/namespaces': { metadata: { continue: 'x', remainingItemCount: 4 }, items: [{}] },
  '/api/v1/pods': pods,
  '/apis/apps/v1/deployments': table(
    ['Name', 'Ready', 'Up-to-date', 'Available', 'Age'],
    [
      { name: 'cart', cells: ['cart', '2/2', 2, 2, '1d'] },
      { name: 'payments', cells: ['payments', '1/3', 3, 1, '1d'] },
    ],
  ),
  '/apis/apps/v1/statefulsets': table(['Name', 'Ready', 'Age'], []),
  '/apis/apps/v1/daemonsets': table(
    ['Name', 'Desired', 'Current', 'Ready'],
    [{ name: 'agent', cells: ['agent', 3, 3, 2] }],
  ),
  '/apis/batch/v1/jobs': table(
    ['Name', 'Status', 'Completions'],
    [
      { name: 'backup', cells: ['backup', 'Failed', '0/1'] },
      { name: 'import', cells: ['import', 'Running', '0/1'] },
    ],
  ),
  '/apis/batch/v1/cronjobs': list(1),
  '/apis/apps/v1/replicasets': { metadata: { continue: 'x' }, items: [{}, {}, {}] },
  '/api/v1/events': {
    metadata: {},
    items: [
      {
        metadata: { creationTimestamp: '2026-11-26T10:00:00Z' },
        involvedObject: { kind: 'Pod', namespace: 'shop', name: 'cart-1', apiVersion: 'v1' },
        type: 'Warning',
        reason: 'BackOff',
        message: 'Back-off restarting failed container',
        count: 12,
        lastTimestamp: '2026-11-26T11:00:00Z',
      },
      {
        metadata: { creationTimestamp: '2026-11-26T11:30:00Z' },
        involvedObject: { kind: 'Widget', name: 'w', apiVersion: 'example.com/v1' },
        type: 'Warning',
        reason: 'Odd',
        message: 'Something is odd',
        eventTime: '2026-11-26T11:30:00.123456Z',
        series: { count: 3, lastObservedTime: '2026-11-26T11:31:00.000000Z' },
      },
    ],
  },
}

// The second page of ReplicaSets ends the list.
const paged = {
  ...answers,
  '/apis/apps/v1/replicasets': ({ query }: KubeRequest) =>
    query?.['continue'] || query?.['limit'] === 500 ? list(5) : answers['/apis/apps/v1/replicasets'],
}

const cluster = {
  context: {
    name: 'prod',
    cluster: 'prod',
    user: 'me',
    namespace: null,
    server: 'https://prod.example',
    isCurrent: true,
    hasPlugin: false,
  },
  standing: { mode: 'basic' as const, warning: null },
  clusterId: null,
}

async function overviewFrom(
  given: Parameters<typeof recordedApi>[0]['answers'],
  operatorNamespace: string | null = null,
) {
  const api = recordedApi({ answers: given })
  const facts = await readFacts({ api, context: 'prod', operatorNamespace, signal }, () => undefined)
  return overviewSchema.parse(composeOverview(cluster, facts, false))
}

test('without an operator the picture comes from lists: counts, phases, what is amiss, and the newest warnings', async () => {
  const overview = await overviewFrom(paged)
  expect(overview.missing).toBeNull()
  expect(overview.failures).toEqual([])
  expect(overview.version).toEqual({ state: 'known', value: 'v1.35.4' })
  expect(overview.nodes).toMatchObject({ value: { total: 3, ready: 2, cpu: '12 cores', memory: '46.9 GiB' } })
  expect(overview.nodes).toMatchObject({
    value: {
      shown: [
        { reference: { name: 'n3' }, tone: 'bad' },
        { reference: { name: 'n2' } },
        { reference: { name: 'n10' } },
      ],
    },
  })
  expect(overview.pods).toEqual({
    state: 'known',
    value: {
      total: 12,
      phases: [
        { phase: 'Running', count: 9 },
        { phase: 'Pending', count: 2 },
        { phase: 'Failed', count: 1 },
      ],
    },
  })
  const counts = overview.workloads.map(({ kind, count, troubled }) => [
    kind,
    count.state === 'known' && count.value,
    troubled,
  ])
  expect(counts).toEqual([
    ['Deployment', 2, 1],
    ['StatefulSet', 0, 0],
    ['DaemonSet', 1, 1],
    ['Job', 2, 1],
    ['CronJob', 1, null],
    ['ReplicaSet', 5, null],
  ])
  expect(overview.troubles?.map(({ reference, ready, note }) => [reference.name, ready, note])).toEqual([
    ['payments', '1/3', '2 pods are not ready'],
    ['agent', '2/3', '1 pod is not ready'],
    ['backup', '0/1', 'failed'],
  ])
  expect(overview.warnings).toMatchObject({
    value: [
      { reason: 'Odd', count: 3, reference: null },
      { reason: 'BackOff', count: 12, reference: { kind: 'Pod', resource: 'pods', name: 'cart-1' } },
    ],
  })
})

test('what happens to the same object again and again is one warning', () => {
  const warning = { reason: 'BackOff', message: 'again', kind: 'Pod', name: 'a', namespace: 'shop', reference: null }
  const newest = { ...warning, count: 1, at: '2026-11-26T11:00:02Z' }
  const other = { ...warning, name: 'b', count: 1, at: '2026-11-26T11:00:01Z' }
  const oldest = { ...warning, count: 5, at: '2026-11-26T11:00:00Z' }
  expect(groupWarnings([newest, other, oldest])).toEqual([{ ...newest, count: 6 }, other])
})

test('lists that are forbidden take no other part with them, and the rules that would mend it are named', async () => {
  const given = { ...paged, '/api/v1/nodes': forbidden('nodes'), '/api/v1/events': forbidden('events') }
  const overview = await overviewFrom(given)
  expect(overview.nodes).toEqual({ state: 'forbidden' })
  expect(overview.pods.state).toBe('known')
  expect(overview.missing?.words).toMatch(/^(nodes and events|events and nodes)$/)
  expect(overview.missing?.rbac.split('\n').sort()).toEqual([
    '- {apiGroups: [""], resources: ["events"], verbs: ["list"]}',
    '- {apiGroups: [""], resources: ["nodes"], verbs: ["list"]}',
  ])
})

const dashboard: DashboardData = {
  namespaceCount: 7,
  workloads: { deployments: 20, statefulsets: 2, daemonsets: 3, replicasets: 41, jobs: 5, cronjobs: 6, pods: 120 },
  nodes: { totalNodes: 5, readyNodes: 4, cpuCapacity: '7500m', memoryCapacity: '96Gi' },
  operatorMetrics: { collectorsRunning: 3, dataPointsCollected: 9, lastCollectionTime: null },
  lastUpdated: new Date().toISOString(),
}
const dashboardPath = `/api/v1/namespaces/kube9/configmaps/${DASHBOARD_CONFIG_MAP.name}`
const configMap = (data: DashboardData) => ({ data: { [DASHBOARD_CONFIG_MAP.key]: JSON.stringify(data) } })

test('who may list nothing still sees the operator’s totals', async () => {
  const paths = Object.keys(answers).filter((path) => path !== '/version')
  const given = Object.fromEntries(paths.map((path) => [path, forbidden(path)]))
  const overview = await overviewFrom(
    { ...given, '/version': answers['/version'], [dashboardPath]: configMap(dashboard) },
    'kube9',
  )
  expect(overview.nodes).toMatchObject({ value: { total: 5, ready: 4, cpu: '7.5 cores', memory: '96 GiB', shown: [] } })
  expect(overview.namespaces).toEqual({ state: 'known', value: 7 })
  expect(overview.pods).toMatchObject({ value: { total: 120, phases: [] } })
  expect(overview.workloads[0]).toEqual({ kind: 'Deployment', count: { state: 'known', value: 20 }, troubled: null })
  expect(overview.warnings).toEqual({ state: 'forbidden' })
  expect(overview.source?.words).toContain('operator')
})

test('old, missing or odd totals of an operator are not used', async () => {
  const old = { ...dashboard, lastUpdated: '2026-01-01T00:00:00.000Z' }
  expect(dashboardFrom(JSON.stringify(old), Date.now())).toEqual({ state: 'stale', at: old.lastUpdated })
  expect(dashboardFrom('not JSON', Date.now())).toEqual({ state: 'none' })
  const overview = await overviewFrom({ ...paged, [dashboardPath]: configMap(old) }, 'kube9')
  expect(overview.namespaces).toEqual({ state: 'known', value: 5 })
  expect(overview.source?.words).toContain('since the operator’s totals are old')
})

const counted = (part: OverviewFacts['counts']['Job'], troubles: OverviewFacts['troubles']): OverviewFacts => ({
  ...noFacts(),
  counts: { ...noFacts().counts, Job: part },
  troubles,
})
const jobTroubles = [
  {
    reference: { context: 'prod', apiVersion: 'batch/v1', kind: 'Job', resource: 'jobs', namespace: 'shop', name: 'a' },
    ready: '0/1',
    note: 'failed',
  },
]

test.each<[string, OverviewFacts['counts']['Job'], typeof jobTroubles | undefined]>([
  ['stays while it is read', { state: 'loading' }, jobTroubles],
  ['stays where reading fails', { state: 'failed', message: 'It did not answer.' }, jobTroubles],
  ['goes when the kind may not be listed any more', { state: 'forbidden' }, undefined],
  ['goes when only its count is known', { state: 'known', value: 5 }, undefined],
])('what is amiss with a kind %s', (_name, part, expected) => {
  const before = counted({ state: 'known', value: 3 }, { Job: jobTroubles })
  expect(overlayFacts(before, counted(part, {})).troubles.Job).toEqual(expected)
})

test('while it is read anew, what was read before stays', () => {
  const before = { ...noFacts(), namespaces: { state: 'known' as const, value: 5 } }
  expect(overlayFacts(before, noFacts()).namespaces).toEqual({ state: 'known', value: 5 })
})
