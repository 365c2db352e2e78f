import { existsSync } from 'node:fs'
import { platform } from 'node:os'
import { join } from 'node:path'
import { buildWithGo } from './control-plane/go-build.ts'
import { OFFICIAL_SITES, downloadReleases, releasesReachable } from './control-plane/release-download.ts'
import { CONTROL_PLANE_KEY, PROGRAM_NAMES, STAGES_FILE } from './control-plane/versions.ts'
import { cachedPart } from './part-cache.ts'
import { PartUnavailableError } from './part.ts'
import type { Part, Progress } from './part.ts'

/** The paths of a Kubernetes control plane's programs. */
export interface ControlPlane extends Part {
  etcd: string
  apiServer: string
  controllerManager: string
  scheduler: string
  kwok: string
  /** What kwok does to its nodes and pods. */
  kwokStages: string
}

/**
 * The control plane's programs: from KUBEBUILDER_ASSETS when that folder has all of them, the cache, the official
 * releases, or built with Go.
 */
export async function ensureControlPlane(onProgress: Progress = () => undefined): Promise<ControlPlane> {
  if (platform() !== 'linux') {
    throw new PartUnavailableError('The local control plane runs on Linux only. Use a Linux machine or container.')
  }
  const assets = process.env['KUBEBUILDER_ASSETS']
  if (assets) {
    const missing = [...PROGRAM_NAMES, STAGES_FILE].filter((name) => !existsSync(join(assets, name)))
    if (missing.length === 0) return describe(assets, 'KUBEBUILDER_ASSETS')
    onProgress(`KUBEBUILDER_ASSETS is not used: it lacks ${missing.join(', ')}`)
  }
  const part = await cachedPart({ key: CONTROL_PLANE_KEY, onProgress, build: (folder) => obtain(folder, onProgress) })
  return describe(part.folder, part.origin)
}

async function obtain(folder: string, onProgress: Progress): Promise<string> {
  if (await releasesReachable(OFFICIAL_SITES)) {
    try {
      return await downloadReleases(folder, OFFICIAL_SITES, onProgress)
    } catch (error) {
      onProgress(`the releases cannot be used (${(error as Error).message})`)
    }
  } else {
    onProgress('the official releases are out of reach')
  }
  return buildWithGo(folder, onProgress)
}

function describe(folder: string, origin: string): ControlPlane {
  return {
    etcd: join(folder, 'etcd'),
    apiServer: join(folder, 'kube-apiserver'),
    controllerManager: join(folder, 'kube-controller-manager'),
    scheduler: join(folder, 'kube-scheduler'),
    kwok: join(folder, 'kwok'),
    kwokStages: join(folder, STAGES_FILE),
    origin,
  }
}
