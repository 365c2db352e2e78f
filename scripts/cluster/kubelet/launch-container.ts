import type { V1Container, V1VolumeMount } from '@kubernetes/client-node'
import { mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { ClusterImage } from '../sandbox/protocol.ts'
import { containerEnvironment, expand } from './container-environment.ts'
import type { Environment } from './container-environment.ts'
import type { ContainerLog } from './container-log.ts'
import { startContainer } from './container-process.ts'
import type { ContainerProcess } from './container-process.ts'
import type { ContainerMount } from './container-script.ts'
import { containerSecurity, setprivArguments } from './container-security.ts'
import { imageRepository } from './pod-context.ts'
import type { NodeContext } from './pod-context.ts'
import type { PodSources } from './pod-sources.ts'
import type { PodVolumes } from './pod-volumes.ts'

export interface PodRuntime {
  node: NodeContext
  sources: PodSources
  volumes: PodVolumes
  /** The pod's folder on the node. */
  folder: string
  networkPid: number
}

/** Starts one container of a pod. Rejects with what is missing, under the name that kubectl shows as the reason. */
export async function launchContainer(
  runtime: PodRuntime,
  container: V1Container,
  log: ContainerLog,
): Promise<ContainerProcess> {
  const { node, sources, volumes, folder, networkPid } = runtime
  const { pod } = sources
  const image = findImage(node, container)
  const security = containerSecurity(pod, container, image.user ?? 0)
  await volumes.refresh()
  const environment = await containerEnvironment(container, sources)
  const mounts = await Promise.all((container.volumeMounts ?? []).map((mount) => describeMount(runtime, mount)))
  const privileges = setprivArguments(security, node.rootless)
  const name = pod.metadata?.name ?? ''
  return startContainer({
    environment,
    privileges,
    networkPid,
    log,
    script: {
      root: join(folder, 'roots', container.name),
      imageFolder: image.rootfs,
      nodeProgram: node.nodeProgram,
      hostname: name,
      hosts: hostLines(runtime, name),
      mounts: mounts.toSorted((left, right) => left.target.length - right.target.length),
      readOnlyRoot: security.readOnlyRoot,
      workingFolder: container.workingDir ?? '/',
      command: ['setpriv', ...privileges, ...commandOf(container, image, environment)],
    },
  })
}

function findImage(node: NodeContext, container: V1Container): ClusterImage {
  const image = node.images[imageRepository(container.image ?? '')]
  if (image) return image
  const error = new Error(`this cluster has no image ${container.image}: name its files in startCluster({ images })`)
  error.name = 'ErrImagePull'
  throw error
}

function commandOf(container: V1Container, image: ClusterImage, environment: Environment): string[] {
  const command = [...(container.command ?? image.entrypoint ?? []), ...(container.args ?? [])]
  if (command.length === 0) throw new Error('no command specified')
  return command.map((word) => expand(word, environment))
}

async function describeMount({ sources, volumes }: PodRuntime, mount: V1VolumeMount): Promise<ContainerMount> {
  const volume = sources.pod.spec?.volumes?.find((candidate) => candidate.name === mount.name)
  if (!volume) throw new Error(`the volume ${mount.name} is not in the pod`)
  const source = join(volumes.path(mount.name), mount.subPath ?? '')
  if (volume.emptyDir && mount.subPath) await mkdir(source, { recursive: true })
  return {
    source,
    target: mount.mountPath,
    isFolder: (await stat(source)).isDirectory(),
    readOnly: mount.readOnly === true || !volume.emptyDir,
  }
}

function hostLines({ node, sources }: PodRuntime, podName: string): string[] {
  const aliases = sources.pod.spec?.hostAliases ?? []
  return [
    // Whoever names `localhost` among the hosts puts something else in its place.
    ...('localhost' in node.hosts ? [] : ['127.0.0.1 localhost']),
    `${sources.addresses.podIP} ${podName}`,
    ...Object.entries(node.hosts).map(([name, address]) => `${address} ${name}`),
    ...aliases.map(({ ip, hostnames }) => `${ip} ${(hostnames ?? []).join(' ')}`),
  ]
}
