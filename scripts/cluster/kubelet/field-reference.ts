import type { V1ObjectFieldSelector, V1Pod } from '@kubernetes/client-node'

/** The addresses that only the node knows, before the pod's status tells them. */
export interface PodAddresses {
  podIP: string
  hostIP: string
}

/** The value of a downward API field. Throws for one that does not exist here. */
export function readField(pod: V1Pod, addresses: PodAddresses, selector: V1ObjectFieldSelector): string {
  const { metadata = {}, spec } = pod
  const keyed = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(selector.fieldPath)
  if (keyed) return metadata[keyed[1] === 'labels' ? 'labels' : 'annotations']?.[keyed[2] ?? ''] ?? ''
  const fields: Record<string, string | undefined> = {
    'metadata.name': metadata.name,
    'metadata.namespace': metadata.namespace,
    'metadata.uid': metadata.uid,
    'metadata.labels': asLines(metadata.labels),
    'metadata.annotations': asLines(metadata.annotations),
    'spec.nodeName': spec?.nodeName,
    'spec.serviceAccountName': spec?.serviceAccountName,
    'status.podIP': addresses.podIP,
    'status.podIPs': addresses.podIP,
    'status.hostIP': addresses.hostIP,
  }
  if (!(selector.fieldPath in fields)) throw new Error(`the field ${selector.fieldPath} is not known to this node`)
  return fields[selector.fieldPath] ?? ''
}

function asLines(entries: Record<string, string> | undefined): string {
  return Object.entries(entries ?? {})
    .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
    .join('\n')
}
