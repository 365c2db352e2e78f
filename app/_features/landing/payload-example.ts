import { clusterMetadataSchema } from '#contract/collection-payloads.ts'
import { heartbeatRequestSchema, registerRequestSchema } from '#contract/operator-api.ts'
import type { HeartbeatRequest } from '#contract/operator-api.ts'

/** Every field of a heartbeat, in the contract's own order. A new field does not compile until it is explained here. */
const meanings: Record<keyof HeartbeatRequest, string> = {
  clusterId: 'A pseudonym: part of a hash of an id that your cluster made up.',
  instanceId: 'A random id for each start of the operator.',
  sequence: 'A counter, so that a copy of the operator is noticed.',
  health: 'healthy, degraded or unhealthy.',
  conditions: 'What is well and what is not, as fixed words with dates.',
  operatorVersion: 'The operator’s version.',
  kubernetesVersion: 'The version of Kubernetes.',
  nodeCount: 'The number of nodes.',
}

export const heartbeatFields = Object.entries(meanings)

// Parsed by the contract's schemas, so that what is shown here is what is sent.
const heartbeat = heartbeatRequestSchema.parse({
  clusterId: 'cls_bb8b3fb44ca7677c6ac7348f8a8eccb3',
  instanceId: '0192f3a4-7c1e-4b6d-9a55-2f1c8e07d341',
  sequence: 412,
  health: 'healthy',
  conditions: [
    { type: 'ApiKeyAccepted', status: 'True', reason: 'KeyAccepted', lastTransitionTime: '2026-11-23T09:14:07.000Z' },
    {
      type: 'ServerReachable',
      status: 'True',
      reason: 'ServerAnswers',
      lastTransitionTime: '2026-11-23T09:14:07.000Z',
    },
    { type: 'ClusterHealthy', status: 'True', reason: 'NodesReady', lastTransitionTime: '2026-11-23T09:14:05.000Z' },
  ],
  operatorVersion: '0.2.1',
  kubernetesVersion: 'v1.35.4',
  nodeCount: 3,
})

const registration = registerRequestSchema.parse({
  operatorVersion: '0.2.1',
  clusterIdentifier: 'sha256:bb8b3fb44ca7677c6ac7348f8a8eccb3a1c07e5fd2b34698e0f1a72c6d5b8e94',
  kubernetesVersion: 'v1.35.4',
  approximateNodeCount: 3,
  instanceId: '0192f3a4-7c1e-4b6d-9a55-2f1c8e07d341',
})

const collection = clusterMetadataSchema.parse({
  collectionId: 'coll_wQ3sZ1pXk7VbY0cR5tHn2mLdJf8gEaUi',
  timestamp: '2026-11-26T09:14:12.000Z',
  clusterId: 'cls_bb8b3fb44ca7677c6ac7348f8a8eccb3',
  saltId: 'salt_4f0c2a97be51d386',
  truncated: false,
  kubernetesVersion: 'v1.35.4',
  nodeCount: 1,
  readyNodeCount: 1,
  namespaceCount: 9,
  nodes: [
    {
      name: 'node-8c1d04e2fa7b96350b1e7a42',
      role: 'worker',
      ready: true,
      schedulable: true,
      pressures: [],
      kubeletVersion: 'v1.35.4',
      cpuCores: 3.9,
      memoryMebibytes: 15_900,
      pods: 23,
      podCapacity: 110,
    },
  ],
})

export const heartbeatPayload = JSON.stringify(heartbeat, null, 2)
export const registrationPayload = JSON.stringify(registration, null, 2)
export const collectionPayload = JSON.stringify(collection, null, 2)
