import { z } from 'zod'
import { STATUS_CONFIG_MAP, operatorStatusSchema } from '#contract/operator-status.ts'
import type { Condition } from '#contract/conditions.ts'
import { NO_STATS } from './collections/collection-ledger.ts'
import type { CollectionStats } from './collections/collection-ledger.ts'
import type { OperatorConfig } from './config.ts'
import { STATE_SECRET } from './config.ts'
import { readClusterIdentifier } from './kube/cluster-identifier.ts'
import { readConfigMap } from './kube/config-map.ts'
import { readOwnDeployment } from './kube/deployment.ts'
import type { Owner } from './kube/deployment.ts'
import type { KubernetesApi } from './kube/kubernetes-api.ts'
import { KubernetesError } from './kube/kubernetes-error.ts'
import { errorText } from './log.ts'
import type { Log } from './log.ts'
import { emptyRecord } from './registration/record.ts'
import type { RegistrationRecord } from './registration/record.ts'
import type { RecordStore } from './registration/record-store.ts'

/** What the cluster already knows of this operator. */
export interface StartingPoint {
  /** Null where the namespace may not be read: then nothing can be registered. */
  clusterIdentifier: string | null
  record: RegistrationRecord
  owner: Owner | null
  conditions: Condition[]
  collectionStats: CollectionStats
}

export interface StartingContext {
  api: KubernetesApi
  config: OperatorConfig
  store: RecordStore
  log: Log
}

/**
 * Reads it. Throws a `KubernetesError` while the API server is away. What is forbidden or missing is logged and left out, as
 * waiting would not mend it.
 */
export async function readStartingPoint({ api, config, store, log }: StartingContext): Promise<StartingPoint> {
  const { namespace, deploymentName } = config
  const optional = async <T>(what: string, work: Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await work
    } catch (error) {
      if (!(error instanceof KubernetesError) || (error.status !== 403 && error.status !== 404)) throw error
      log.error(`${what} cannot be read. Check the operator's Role.`, { error: errorText(error) })
      return otherwise
    }
  }
  return {
    clusterIdentifier: await optional('The namespace kube-system', readClusterIdentifier(api), null),
    record: await optional(`The Secret ${STATE_SECRET}`, store.load(), emptyRecord(config.server.url)),
    owner:
      deploymentName === ''
        ? null
        : await optional(`The Deployment ${deploymentName}`, readOwnDeployment(api, namespace, deploymentName), null),
    ...(await optional('The status ConfigMap', readPublished(api, namespace), NOTHING_PUBLISHED)),
  }
}

type Published = Pick<StartingPoint, 'conditions' | 'collectionStats'>

const NOTHING_PUBLISHED: Published = { conditions: [], collectionStats: NO_STATS }

/** What an operator before this one published, as far as it can be read. */
async function readPublished(api: KubernetesApi, namespace: string): Promise<Published> {
  const text = await readConfigMap(api, { namespace, name: STATUS_CONFIG_MAP.name, key: STATUS_CONFIG_MAP.key })
  const { conditions, collectionStats } = operatorStatusSchema.shape
  const schema = z.object({ conditions: conditions.catch([]), collectionStats: collectionStats.catch(NO_STATS) })
  try {
    return schema.parse(JSON.parse(text ?? '{}'))
  } catch {
    return NOTHING_PUBLISHED
  }
}
