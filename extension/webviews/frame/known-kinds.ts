import type { ObjectReference } from './object-reference.ts'

interface KnownKind {
  apiVersion: string
  resource: string
  namespaced: boolean
}

const kind = (apiVersion: string, resource: string, namespaced = true): KnownKind => ({
  apiVersion,
  resource,
  namespaced,
})

/** Kinds whose path is known without a look at what the API server offers. */
const knownKinds: Record<string, KnownKind> = {
  ConfigMap: kind('v1', 'configmaps'),
  CronJob: kind('batch/v1', 'cronjobs'),
  DaemonSet: kind('apps/v1', 'daemonsets'),
  Deployment: kind('apps/v1', 'deployments'),
  HorizontalPodAutoscaler: kind('autoscaling/v2', 'horizontalpodautoscalers'),
  Ingress: kind('networking.k8s.io/v1', 'ingresses'),
  Job: kind('batch/v1', 'jobs'),
  Namespace: kind('v1', 'namespaces', false),
  Node: kind('v1', 'nodes', false),
  PersistentVolume: kind('v1', 'persistentvolumes', false),
  PersistentVolumeClaim: kind('v1', 'persistentvolumeclaims'),
  Pod: kind('v1', 'pods'),
  ReplicaSet: kind('apps/v1', 'replicasets'),
  ReplicationController: kind('v1', 'replicationcontrollers'),
  Secret: kind('v1', 'secrets'),
  Service: kind('v1', 'services'),
  ServiceAccount: kind('v1', 'serviceaccounts'),
  StatefulSet: kind('apps/v1', 'statefulsets'),
}

export interface NamedObject {
  context: string
  kind: string
  name: string
  namespace: string | null
  /** As somebody else names it, such as an owner reference; its group has to fit. */
  apiVersion?: string | undefined
}

/** A link to an object of a known kind; null for others. */
export function referTo({ context, kind: name, ...object }: NamedObject): ObjectReference | null {
  const known = Object.hasOwn(knownKinds, name) ? knownKinds[name] : undefined
  if (!known) return null
  if (object.apiVersion !== undefined && groupOf(object.apiVersion) !== groupOf(known.apiVersion)) return null
  return {
    context,
    apiVersion: object.apiVersion ?? known.apiVersion,
    kind: name,
    resource: known.resource,
    namespace: known.namespaced ? object.namespace : null,
    name: object.name,
  }
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : ''
}
