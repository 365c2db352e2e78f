import {
  clusterMetadataSchema,
  configurationPatternsSchema,
  resourceInventorySchema,
} from '#contract/collection-payloads.ts'
import type { Collection } from '#contract/collections.ts'

/** What a history shows of one collection, and the salt that its pseudonyms were made with. */
export type CollectionReading = { saltId: string; numbers: Record<string, number> }

/** Reads a collection in the form of our operator. Null for any other form, such as that of public operators. */
export function readNumbers({ type, data }: Pick<Collection, 'type' | 'data'>): CollectionReading | null {
  switch (type) {
    case 'cluster-metadata': {
      const read = clusterMetadataSchema.safeParse(data).data
      return read ? { saltId: read.saltId, numbers: { nodes: read.nodeCount, readyNodes: read.readyNodeCount } } : null
    }
    case 'resource-inventory': {
      const read = resourceInventorySchema.safeParse(data).data
      if (!read) return null
      const { running, pending, failed } = read.podPhases
      const numbers = { podsRunning: running, podsPending: pending, podsFailed: failed, restarts: read.restarts }
      return { saltId: read.saltId, numbers }
    }
    case 'resource-configuration-patterns': {
      const read = configurationPatternsSchema.safeParse(data).data
      return read ? { saltId: read.saltId, numbers: {} } : null
    }
  }
}
