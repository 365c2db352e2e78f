import { z } from 'zod'
import { clusterIdSchema } from './cluster-identity.ts'
import { collectionIdSchema } from './collections.ts'
import { pseudonymSchema, saltIdSchema } from './pseudonyms.ts'

/**
 * `data` of the collections that our operator sends. Every name is a pseudonym, every text of the cluster's own is mapped to a
 * closed set, memory is rounded to 100 MiB and CPU to 0.1 cores. Public operators send other shapes under the same types.
 */

const count = z.int().nonnegative()
const cores = z.number().nonnegative()
const mebibytes = z.int().nonnegative()

const envelope = z.object({
  collectionId: collectionIdSchema,
  timestamp: z.iso.datetime(),
  clusterId: clusterIdSchema,
  saltId: saltIdSchema,
  /** True when something was left out, so that the payload keeps below 1 MiB. Totals are whole all the same. */
  truncated: z.boolean(),
})

export const nodeRoles = ['control-plane', 'worker'] as const
export const nodePressures = ['memory', 'disk', 'pid', 'network'] as const

export const clusterMetadataSchema = envelope.extend({
  kubernetesVersion: z.string().max(128),
  nodeCount: count,
  readyNodeCount: count,
  namespaceCount: count,
  nodes: z.array(
    z.object({
      name: pseudonymSchema,
      role: z.enum(nodeRoles),
      ready: z.boolean(),
      schedulable: z.boolean(),
      pressures: z.array(z.enum(nodePressures)),
      kubeletVersion: z.string().max(128),
      cpuCores: cores,
      memoryMebibytes: mebibytes,
      pods: count,
      podCapacity: count,
    }),
  ),
})
export type ClusterMetadata = z.infer<typeof clusterMetadataSchema>

export const workloadKinds = ['deployment', 'statefulset', 'daemonset', 'job', 'cronjob'] as const
export const podPhases = ['running', 'pending', 'succeeded', 'failed', 'unknown'] as const

/** Why a pod is not well: the reasons that Kubernetes itself gives, and `Other` for any text that is none of them. */
export const podTroubles = [
  'CrashLoopBackOff',
  'ImagePullBackOff',
  'ErrImagePull',
  'InvalidImageName',
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
  'OOMKilled',
  'Error',
  'Evicted',
  'Unschedulable',
  'NotReady',
  'Other',
] as const
export type PodTrouble = (typeof podTroubles)[number]

export const resourceInventorySchema = envelope.extend({
  counts: z.object({
    deployments: count,
    statefulsets: count,
    daemonsets: count,
    replicasets: count,
    jobs: count,
    cronjobs: count,
    pods: count,
    services: count,
  }),
  podPhases: z.record(z.enum(podPhases), count),
  /** Restarts of all containers that exist now. */
  restarts: count,
  namespaces: z.array(z.object({ name: pseudonymSchema, pods: count, workloads: count })),
  workloads: z.array(
    z.object({
      kind: z.enum(workloadKinds),
      name: pseudonymSchema,
      namespace: pseudonymSchema,
      desired: count,
      ready: count,
      restarts: count,
      createdAt: z.iso.datetime().nullable(),
    }),
  ),
  troubledPods: z.array(
    z.object({
      name: pseudonymSchema,
      namespace: pseudonymSchema,
      /** The workload that made it, when it is one of the list's kinds. */
      owner: pseudonymSchema.nullable(),
      node: pseudonymSchema.nullable(),
      phase: z.enum(podPhases),
      trouble: z.enum(podTroubles).catch('Other'),
      restarts: count,
    }),
  ),
})
export type ResourceInventory = z.infer<typeof resourceInventorySchema>

const serviceTypes = ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'] as const

export const configurationPatternsSchema = envelope.extend({
  containers: z.object({
    total: count,
    withoutCpuRequest: count,
    withoutMemoryRequest: count,
    withoutCpuLimit: count,
    withoutMemoryLimit: count,
    withoutReadinessProbe: count,
    withoutLivenessProbe: count,
    privileged: count,
    mayRunAsRoot: count,
    writableRootFilesystem: count,
    /** Images by `latest` or by no tag at all. */
    movingTag: count,
  }),
  pods: z.object({
    total: count,
    hostNetwork: count,
    hostPath: count,
    defaultServiceAccount: count,
  }),
  requests: z.object({ cpuCores: cores, memoryMebibytes: mebibytes }),
  limits: z.object({ cpuCores: cores, memoryMebibytes: mebibytes }),
  services: z.record(z.enum(serviceTypes), count),
  replicas: z.object({ one: count, several: count, none: count }),
})
export type ConfigurationPatterns = z.infer<typeof configurationPatternsSchema>
