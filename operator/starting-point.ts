import { STATUS_CONFIG_MAP, operatorStatusSchema } from '#contract/operator-status.ts'
import type { Condition } from '#contract/conditions.ts'
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
    conditions: await optional('The status ConfigMap', readPublishedConditions(api, namespace), []),
  }
}

async function readPublishedConditions(api: KubernetesApi, namespace: string): Promise<Condition[]> {
  const text = await readConfigMap(api, { namespace, name: STATUS_CONFIG_MAP.name, key: STATUS_CONFIG_MAP.key })
  try {
    return operatorStatusSchema.shape.conditions.parse(
      (JSON.parse(text ?? '{}') as { conditions?: unknown }).conditions,
    )
  } catch {
    return []
  }
}
