import type { z } from 'zod'
import type { KubernetesApi, KubernetesRequest } from '../kube/kubernetes-api.ts'

/** Words of which every name and text in the planted cluster holds one, and no collection may hold any. */
export const PLANTED = ['acme', 'sesame', 'jane.doe', '10.11.12.13', '/var/lib/', 'registry.corp', '9f8e7d']

const age = '2026-11-20T09:00:00Z'
const metadata = (name: string, more: object = {}) => ({
  name,
  namespace: 'acme-payroll',
  creationTimestamp: age,
  labels: { owner: 'jane.doe', team: 'acme', 'app.kubernetes.io/name': 'acme-ledger' },
  annotations: { 'acme.example/contact': 'jane.doe@acme.example', note: 'sesame' },
  managedFields: [{ manager: 'acme-ci' }],
  ...more,
})
const controlledBy = (kind: string, name: string) => ({ ownerReferences: [{ kind, name, controller: true }] })

const podOf = (name: string, more: object, status: object, spec: object = {}) => ({
  metadata: metadata(name, more),
  spec: {
    nodeName: 'acme-node-1',
    serviceAccountName: 'acme-admin',
    volumes: [{ name: 'acme-data', hostPath: { path: '/var/lib/acme' } }],
    containers: [
      {
        name: 'acme-main',
        image: 'registry.corp/acme/ledger:9f8e7d',
        args: ['--password=sesame'],
        env: [{ name: 'ACME_TOKEN', value: 'sesame' }],
        resources: { requests: { cpu: '250m', memory: '300Mi' }, limits: { memory: '512Mi' } },
        volumeMounts: [{ name: 'acme-data', mountPath: '/var/lib/acme' }],
      },
      { name: 'acme-side', image: 'registry.corp:5000/acme/side', securityContext: { privileged: true, runAsUser: 0 } },
    ],
    ...spec,
  },
  status: { podIP: '10.11.12.13', hostIP: '10.11.12.13', message: 'acme says sesame', ...status },
})

const hash = '7c9d4'
const lists: Record<string, object[]> = {
  '/api/v1/namespaces': [{ metadata: { name: 'acme-payroll' } }, { metadata: { name: 'acme-empty' } }],
  '/api/v1/nodes': [
    {
      metadata: { ...metadata('acme-node-1'), labels: { 'node-role.kubernetes.io/control-plane': '' } },
      spec: { unschedulable: true, podCIDR: '10.11.12.13/24' },
      status: {
        capacity: { cpu: '7930m', memory: '16393956Ki', pods: '110' },
        conditions: [
          { type: 'Ready', status: 'True', message: 'acme' },
          { type: 'MemoryPressure', status: 'True' },
          { type: 'AcmeDiskOnFire', status: 'True' },
        ],
        addresses: [{ type: 'InternalIP', address: '10.11.12.13' }],
        images: [{ names: ['registry.corp/acme/ledger:9f8e7d'] }],
        nodeInfo: { kubeletVersion: 'v1.35.4' },
      },
    },
    { metadata: metadata('acme-node-2'), status: { nodeInfo: { kubeletVersion: 'built by acme' } } },
  ],
  '/apis/apps/v1/deployments': [
    { metadata: metadata('acme-ledger'), spec: { replicas: 3 }, status: { readyReplicas: 1 } },
    { metadata: metadata('acme-off'), spec: { replicas: 0 } },
  ],
  '/apis/apps/v1/statefulsets': [{ metadata: metadata('acme-db') }],
  '/apis/apps/v1/daemonsets': [
    { metadata: metadata('acme-agent'), status: { desiredNumberScheduled: 2, numberReady: 2 } },
  ],
  '/apis/apps/v1/replicasets': [{ metadata: metadata(`acme-ledger-${hash}`) }],
  '/apis/batch/v1/cronjobs': [{ metadata: metadata('acme-report'), status: { active: [{ name: 'acme-report-1' }] } }],
  '/apis/batch/v1/jobs': [
    { metadata: metadata('acme-report-1', controlledBy('CronJob', 'acme-report')) },
    { metadata: metadata('acme-import'), spec: { completions: 2 }, status: { succeeded: 2 } },
  ],
  '/api/v1/services': [
    { metadata: metadata('acme-web'), spec: { type: 'LoadBalancer', clusterIP: '10.11.12.13' } },
    { metadata: metadata('acme-inside'), spec: { clusterIP: '10.11.12.13' } },
  ],
  '/api/v1/pods': [
    podOf(
      `acme-ledger-${hash}-x1`,
      { ...controlledBy('ReplicaSet', `acme-ledger-${hash}`), labels: { 'pod-template-hash': hash } },
      {
        phase: 'Running',
        containerStatuses: [{ restartCount: 7, state: { waiting: { reason: 'CrashLoopBackOff', message: 'sesame' } } }],
      },
    ),
    podOf('acme-report-1-x', controlledBy('Job', 'acme-report-1'), {
      phase: 'Failed',
      reason: 'AcmeSaysNo',
      containerStatuses: [{ restartCount: 1, state: { terminated: { exitCode: 1, reason: 'sesame' } } }],
    }),
    podOf('acme-db-0', controlledBy('StatefulSet', 'acme-db'), {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: 'True' }],
    }),
    podOf(
      'acme-alone',
      {},
      {
        phase: 'Pending',
        conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: 'acme' }],
      },
      { nodeName: undefined, serviceAccountName: undefined, volumes: undefined },
    ),
  ],
}

/** A Kubernetes API that holds these objects, in pages as long as they are asked for. */
export function plantedCluster(changes: Record<string, object[]> = {}): KubernetesApi {
  const objects = { ...lists, ...changes }
  const call = <T>(path: string, schema: z.ZodType<T>, { query = {} }: KubernetesRequest = {}): Promise<T> => {
    if (path === '/version') return Promise.resolve(schema.parse({ gitVersion: 'v1.35.4' }))
    const all = objects[path]
    if (!all) throw new Error(`Nobody may list ${path}.`)
    const [from, limit] = [Number(query['continue'] ?? 0), Number(query['limit'] ?? all.length)]
    const rest = all.length - from - limit
    const metadataOfList = rest > 0 ? { continue: String(from + limit), remainingItemCount: rest } : {}
    return Promise.resolve(schema.parse({ metadata: metadataOfList, items: all.slice(from, from + limit) }))
  }
  return { call } as unknown as KubernetesApi
}
