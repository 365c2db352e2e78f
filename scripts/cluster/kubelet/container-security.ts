import type { V1Container, V1Pod } from '@kubernetes/client-node'

/** What a container's process may do, from the pod's and the container's security contexts. */
export interface ContainerSecurity {
  user: number
  group: number
  supplementalGroups: number[]
  readOnlyRoot: boolean
  noNewPrivileges: boolean
  dropsAllCapabilities: boolean
}

/** Throws when a container that must not run as root would. */
export function containerSecurity(pod: V1Pod, container: V1Container, imageUser: number): ContainerSecurity {
  const ofPod = pod.spec?.securityContext ?? {}
  const own = container.securityContext ?? {}
  const user = own.runAsUser ?? ofPod.runAsUser ?? imageUser
  if ((own.runAsNonRoot ?? ofPod.runAsNonRoot) && user === 0) {
    throw new Error('container has runAsNonRoot and image will run as root')
  }
  const groups = [...(ofPod.supplementalGroups ?? [])]
  if (ofPod.fsGroup !== undefined) groups.push(ofPod.fsGroup)
  return {
    user,
    group: own.runAsGroup ?? ofPod.runAsGroup ?? 0,
    supplementalGroups: groups,
    readOnlyRoot: own.readOnlyRootFilesystem ?? false,
    noNewPrivileges: own.allowPrivilegeEscalation === false,
    dropsAllCapabilities: own.capabilities?.drop?.includes('ALL') ?? false,
  }
}

/** The arguments of setpriv(1), up to the command. An ordinary user's sandbox has one id, which stays. */
export function setprivArguments(security: ContainerSecurity, rootless: boolean): string[] {
  const args: string[] = []
  if (!rootless) {
    const groups = security.supplementalGroups.join(',')
    args.push(`--reuid=${security.user}`, `--regid=${security.group}`, groups ? `--groups=${groups}` : '--clear-groups')
  }
  if (security.noNewPrivileges) args.push('--no-new-privs')
  if (security.dropsAllCapabilities) args.push('--bounding-set=-all', '--inh-caps=-all')
  return [...args, '--']
}
