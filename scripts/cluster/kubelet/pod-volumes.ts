import type { V1Volume } from '@kubernetes/client-node'
import { createHash } from 'node:crypto'
import { chmod, chown, lstat, mkdir, readdir, readlink, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { PodSources } from './pod-sources.ts'
import { readVolumeContent } from './volume-content.ts'
import type { VolumeFile, VolumeFiles } from './volume-content.ts'

/** The link that makes all files of a volume change at once. */
const DATA_LINK = '..data'
const GROUP_READABLE = 0o440

/** Whose files they are: null for an ordinary user's sandbox, which has one id only. */
export interface VolumeOwner {
  user: number
  fsGroup: number | undefined
}

/** The folders behind a pod's volumes. */
export class PodVolumes {
  readonly #folder: string
  readonly #sources: PodSources
  readonly #owner: VolumeOwner | null
  readonly #digests = new Map<string, string>()

  constructor(folder: string, sources: PodSources, owner: VolumeOwner | null) {
    this.#folder = folder
    this.#sources = sources
    this.#owner = owner
  }

  path(name: string): string {
    return join(this.#folder, name)
  }

  /** Makes every volume as its source is now. Rejects with what is missing. Called again, it brings changes. */
  async refresh(): Promise<void> {
    for (const volume of this.#sources.pod.spec?.volumes ?? []) await this.#refreshVolume(volume)
  }

  async #refreshVolume(volume: V1Volume): Promise<void> {
    const folder = this.path(volume.name)
    const files = await readVolumeContent(volume, this.#sources)
    const digest = files ? digestOf(files) : 'empty'
    if (this.#digests.get(volume.name) === digest) return
    await mkdir(folder, { recursive: true })
    if (files) await this.#swap(folder, files, digest)
    else await this.#prepareEmpty(folder)
    this.#digests.set(volume.name, digest)
  }

  async #prepareEmpty(folder: string): Promise<void> {
    const group = this.#owner?.fsGroup
    if (group !== undefined) await chown(folder, 0, group)
    await chmod(folder, group === undefined ? 0o777 : 0o2777)
  }

  async #swap(folder: string, files: VolumeFiles, digest: string): Promise<void> {
    const previous = await readlink(join(folder, DATA_LINK)).catch(() => null)
    const dataName = `..${digest.slice(0, 16)}-${Date.now()}`
    await mkdir(join(folder, dataName))
    for (const [path, file] of files) await this.#writeFile(join(folder, dataName, path), file)
    await symlink(dataName, join(folder, `${DATA_LINK}_tmp`))
    await rename(join(folder, `${DATA_LINK}_tmp`), join(folder, DATA_LINK))
    for (const path of files.keys()) await linkToData(folder, path.split('/')[0] ?? path)
    await removeStaleLinks(folder, files)
    if (previous) await rm(join(folder, previous), { recursive: true, force: true })
  }

  async #writeFile(path: string, { content, mode, isToken }: VolumeFile): Promise<void> {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, content)
    const owner = this.#owner
    if (owner?.fsGroup !== undefined) await chown(path, 0, owner.fsGroup)
    else if (owner && isToken) await chown(path, owner.user, owner.user)
    await chmod(path, owner?.fsGroup === undefined ? mode : mode | GROUP_READABLE)
  }
}

/** What a pod sees is a link through `..data`; it stays when the data changes. */
async function linkToData(folder: string, name: string): Promise<void> {
  const link = join(folder, name)
  const exists = await lstat(link).catch(() => null)
  if (!exists) await symlink(join(DATA_LINK, name), link)
}

async function removeStaleLinks(folder: string, files: VolumeFiles): Promise<void> {
  const names = new Set([...files.keys()].map((path) => path.split('/')[0]))
  for (const name of await readdir(folder)) {
    if (!name.startsWith('..') && !names.has(name)) await rm(join(folder, name))
  }
}

function digestOf(files: VolumeFiles): string {
  const hash = createHash('sha256')
  for (const [path, file] of [...files].toSorted(([left], [right]) => left.localeCompare(right))) {
    hash.update(`${path}\0${file.mode}\0${file.content.length}\0`).update(file.content)
  }
  return hash.digest('hex')
}
