import { randomBytes } from 'node:crypto'
import {
  clusterMetadataSchema,
  configurationPatternsSchema,
  resourceInventorySchema,
} from '#contract/collection-payloads.ts'
import { collectionSchema } from '#contract/collections.ts'
import type { Collection } from '#contract/collections.ts'
import type { Pseudonymizer } from '#contract/pseudonyms.ts'
import type { KubernetesApi } from '../kube/kubernetes-api.ts'
import { gatherClusterMetadata } from './cluster-metadata.ts'
import { gatherConfigurationPatterns } from './configuration-patterns.ts'
import { fitWithin } from './fit-within.ts'
import type { GatherContext } from './gather-context.ts'
import { NameBook } from './name-book.ts'
import { gatherResourceInventory } from './resource-inventory.ts'

export type CollectionType = Collection['type']

/** What was done to the data before it left. Nothing that is not in the contract's shape gets into a payload at all. */
const RULES = [
  'names-as-pseudonyms',
  'texts-from-closed-sets',
  'memory-to-100-mebibytes',
  'cpu-to-0.1-cores',
  'no-labels-or-annotations',
  'no-images-or-tags',
  'no-environment-or-arguments',
  'no-addresses',
  'no-paths',
]

interface Envelope {
  collectionId: string
  timestamp: string
  clusterId: string
  saltId: string
}

/** How each type is read. The contract's schema has the last word: a field that it does not know goes no further. */
const makers: Record<CollectionType, (context: GatherContext, envelope: Envelope) => Promise<Collection['data']>> = {
  'cluster-metadata': async (context, envelope) =>
    clusterMetadataSchema.parse(fitWithin({ ...envelope, ...(await gatherClusterMetadata(context)) }, ['nodes'])),
  'resource-inventory': async (context, envelope) =>
    resourceInventorySchema.parse(
      fitWithin({ ...envelope, ...(await gatherResourceInventory(context)) }, [
        'workloads',
        'troubledPods',
        'namespaces',
      ]),
    ),
  'resource-configuration-patterns': async (context, envelope) =>
    configurationPatternsSchema.parse({ ...envelope, ...(await gatherConfigurationPatterns(context)) }),
}

export interface CollectionSource {
  api: KubernetesApi
  pseudonymizer: Pseudonymizer
  clusterId: string
}

/** Reads the cluster for one collection. Throws a `KubernetesError`, or a ZodError for what the contract would not take. */
export async function makeCollection(
  type: CollectionType,
  { api, pseudonymizer, clusterId }: CollectionSource,
): Promise<Collection> {
  const now = new Date()
  const timestamp = now.toISOString()
  const envelope = { collectionId: collectionId(), timestamp, clusterId, saltId: pseudonymizer.saltId }
  const data = await makers[type]({ api, names: new NameBook(pseudonymizer), now }, envelope)
  return collectionSchema.parse({
    version: 'v1.0.0',
    type,
    data,
    sanitization: { rulesApplied: RULES, timestamp },
  })
}

/** 32 characters of 192 random bits. */
function collectionId(): string {
  return `coll_${randomBytes(24).toString('base64url')}`
}
