import { arch } from 'node:os'

export const KUBERNETES_VERSION = '1.35.4'
export const ETCD_VERSION = '3.6.5'
export const KWOK_VERSION = '0.8.0'

/** Names one content of the cache. The last number grows when the same versions are built in another way. */
export const CONTROL_PLANE_KEY = `control-plane-${KUBERNETES_VERSION}-etcd-${ETCD_VERSION}-kwok-${KWOK_VERSION}-1`

/** Programs of the control plane, by the file name that every source uses for them. */
export const PROGRAM_NAMES = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kwok'] as const

/** What kwok does to nodes and pods, as one file of YAML documents. */
export const STAGES_FILE = 'kwok-stages.yaml'

/** The processor's name in Go's words, which the releases use too. */
export function goArchitecture(): string {
  return arch() === 'x64' ? 'amd64' : arch()
}
