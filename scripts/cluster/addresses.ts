/** The addresses inside every cluster's sandbox. They are always the same, since each sandbox has a network of its own. */

/** The bridge's own address: the node, the API server, and where forwards listen. */
export const NODE_ADDRESS = '10.244.0.1'
export const API_SERVER_PORT = 6443
export const KUBELET_PORT = 10250
export const POD_PREFIX_LENGTH = 24
export const SERVICE_RANGE = '10.0.0.0/24'
/** The Service "kubernetes" in namespace default. */
export const KUBERNETES_SERVICE_ADDRESS = '10.0.0.1'
export const KUBERNETES_SERVICE_PORT = 443
/** Pods of kwok have addresses that nothing answers on. */
export const KWOK_POD_RANGE = '10.245.0.0/16'

/** The address of the n-th pod network of the node, counted from 0. */
export function podAddress(index: number): string {
  return `10.244.0.${index + 2}`
}

export const MAX_POD_NETWORKS = 250
