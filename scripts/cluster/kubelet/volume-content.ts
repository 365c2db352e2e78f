import type { V1DownwardAPIVolumeFile, V1KeyToPath, V1Volume, V1VolumeProjection } from '@kubernetes/client-node'
import { readField } from './field-reference.ts'
import type { KeyedContent, PodSources } from './pod-sources.ts'

const DEFAULT_TOKEN_SECONDS = 3600
const DEFAULT_MODE = 0o644
const TOKEN_MODE = 0o600

export interface VolumeFile {
  content: Buffer
  mode: number
  /** A token is readable by the pod's own user alone. */
  isToken?: boolean
}

/** Files of a volume, by path inside it. */
export type VolumeFiles = Map<string, VolumeFile>

interface ObjectSource {
  name: string
  items?: V1KeyToPath[]
  optional?: boolean
}

type Reader = (name: string) => Promise<KeyedContent | null>

/** The files that a volume should hold now, or null for a volume that starts empty and belongs to the pod. */
export async function readVolumeContent(volume: V1Volume, sources: PodSources): Promise<VolumeFiles | null> {
  const { secret, configMap, downwardAPI, projected } = volume
  if (volume.emptyDir) return null
  const projections: V1VolumeProjection[] = [...(projected?.sources ?? [])]
  if (secret?.secretName) {
    projections.push({ secret: projectionOf(secret.secretName, secret) })
  }
  if (configMap) projections.push({ configMap })
  if (downwardAPI) projections.push({ downwardAPI })
  if (projections.length === 0 && !projected)
    throw new Error(`the kind of volume ${volume.name} is not known to this node`)
  const mode = (secret ?? configMap ?? downwardAPI ?? projected)?.defaultMode ?? DEFAULT_MODE
  const files: VolumeFiles = new Map()
  for (const projection of projections) await addProjection(files, projection, sources, mode)
  return files
}

async function addProjection(files: VolumeFiles, projection: V1VolumeProjection, sources: PodSources, mode: number) {
  const { secret, configMap, downwardAPI, serviceAccountToken } = projection
  if (secret?.name) await addObject(files, projectionOf(secret.name, secret), (name) => sources.secret(name), mode)
  if (configMap?.name)
    await addObject(files, projectionOf(configMap.name, configMap), (name) => sources.configMap(name), mode)
  for (const item of downwardAPI?.items ?? []) addField(files, item, sources, mode)
  if (serviceAccountToken) {
    const { audience, expirationSeconds = DEFAULT_TOKEN_SECONDS, path } = serviceAccountToken
    const token = await sources.token(audience, expirationSeconds)
    files.set(path, { content: Buffer.from(token), mode: TOKEN_MODE, isToken: true })
  }
}

function projectionOf(name: string, { items, optional }: Omit<ObjectSource, 'name'>): ObjectSource {
  return { name, ...(items ? { items } : {}), ...(optional === undefined ? {} : { optional }) }
}

async function addObject(files: VolumeFiles, source: ObjectSource, read: Reader, mode: number): Promise<void> {
  const content = await read(source.name)
  if (!content && !source.optional) throw new Error(`${source.name} not found`)
  const items = source.items ?? Object.keys(content ?? {}).map((key) => ({ key, path: key, mode: undefined }))
  for (const item of items) {
    const value = content?.[item.key]
    if (value) files.set(item.path, { content: value, mode: item.mode ?? mode })
    else if (!source.optional) throw new Error(`${source.name} has no key ${item.key}`)
  }
}

function addField(files: VolumeFiles, item: V1DownwardAPIVolumeFile, sources: PodSources, mode: number): void {
  if (!item.fieldRef) throw new Error(`${item.path}: only fieldRef is known to this node`)
  const value = readField(sources.pod, sources.addresses, item.fieldRef)
  files.set(item.path, { content: Buffer.from(value), mode: item.mode ?? mode })
}
