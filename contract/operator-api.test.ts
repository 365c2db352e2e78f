import { expect, test } from 'vitest'
import { heartbeatRequestSchema, registerRequestSchema } from './operator-api.ts'

const request = {
  operatorVersion: '1.4.2',
  clusterIdentifier: `sha256:${'8a'.repeat(32)}`,
  kubernetesVersion: 'v1.35.4',
  approximateNodeCount: 3,
}

test.each(['1.35.4', 'v1.35.4', 'v1.33.1-eks-b9364f6', 'v1.34.1-gke.2037000', 'v1.33.5+k3s1'])(
  'Kubernetes %s may register',
  (kubernetesVersion) => {
    expect(registerRequestSchema.parse({ ...request, kubernetesVersion }).kubernetesVersion).toBe(kubernetesVersion)
  },
)

test('fields that a later operator adds are ignored, not refused', () => {
  expect(registerRequestSchema.parse({ ...request, colour: 'green' })).toEqual(request)
})

test.each([
  ['operatorVersion', 'latest'],
  ['clusterIdentifier', 'sha256:abc'],
  ['approximateNodeCount', 0],
  ['approximateNodeCount', 10_001],
])('%s of %j is refused', (field, value) => {
  const result = registerRequestSchema.safeParse({ ...request, [field]: value })
  expect(result.error?.issues.map((issue) => issue.path.join('.'))).toEqual([field])
})

test('a reason or a health that this server does not know yet is read as the safe default', () => {
  const heartbeat = heartbeatRequestSchema.parse({
    clusterId: `cls_${'0f'.repeat(16)}`,
    instanceId: crypto.randomUUID(),
    sequence: 1,
    health: 'splendid',
    conditions: [
      {
        type: 'Later',
        status: 'Maybe',
        reason: 'NewInVersionNine',
        lastTransitionTime: '2026-11-23T00:00:00Z',
      },
    ],
    operatorVersion: '9.0.0',
    kubernetesVersion: 'v1.60.0',
    nodeCount: 3,
  })
  expect(heartbeat.health).toBe('degraded')
  expect(heartbeat.conditions[0]).toMatchObject({
    type: 'Later',
    status: 'Unknown',
    reason: 'Unknown',
  })
})
