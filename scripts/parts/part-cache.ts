import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { withFileLock } from './file-lock.ts'
import type { Progress } from './part.ts'

export interface CachedPart {
  folder: string
  origin: string
}

export interface PartRecipe {
  /** Becomes the folder's name, with everything that changes the content, such as the version. */
  key: string
  /** Fills the empty folder and resolves to a few words on where the content came from. */
  build: (folder: string) => Promise<string>
  onProgress: Progress
}

const ORIGIN_FILE = '.origin'

/** The folder that keeps parts between runs, outside every checkout. */
export function partsFolder(): string {
  const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache')
  return join(cache, 'kube9', 'parts')
}

/**
 * The part's folder, built first when it is missing. A part appears whole or not at all, and of several callers, also in
 * several processes, one builds while the others wait.
 */
export async function cachedPart(recipe: PartRecipe): Promise<CachedPart> {
  const folder = join(partsFolder(), recipe.key)
  if (existsSync(folder)) return readCached(folder)
  await mkdir(dirname(folder), { recursive: true })
  return withFileLock(`${folder}.lock`, recipe.onProgress, async () => {
    if (existsSync(folder)) return readCached(folder)
    const partial = await mkdtemp(`${folder}.partial-`)
    try {
      const origin = await recipe.build(partial)
      await writeFile(join(partial, ORIGIN_FILE), origin)
      await rename(partial, folder)
      return { folder, origin }
    } finally {
      await rm(partial, { recursive: true, force: true })
    }
  })
}

async function readCached(folder: string): Promise<CachedPart> {
  const origin = await readFile(join(folder, ORIGIN_FILE), 'utf8')
  return { folder, origin: `cached, ${origin}` }
}
