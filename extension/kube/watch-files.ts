import { watch } from 'node:fs'
import type { FSWatcher } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import type { Disposable } from '../change.ts'

/** A change of many steps (rename, then chmod) is told once. */
const SETTLE_MS = 100
/** Finds what no notice comes of: a folder that is not there yet, a swapped symlink's target, a network drive. */
const LOOK_EVERY_MS = 500

/** Tells of every change of these files: written in place, renamed over, made, removed, behind a swapped symlink. */
export function watchFiles(files: readonly string[], onChange: () => void): Disposable {
  const watchers = new Map<string, FSWatcher>()
  let known: string | null = null
  let settling: NodeJS.Timeout | undefined
  let isOver = false

  const look = async () => {
    const state = await stateOf(files)
    if (isOver) return
    if (known !== null && state !== known) onChange()
    known = state
  }
  const lookSoon = () => {
    clearTimeout(settling)
    settling = setTimeout(() => void look(), SETTLE_MS)
  }
  const watchFolders = () => {
    for (const file of files) {
      const folder = dirname(file)
      if (watchers.has(folder)) continue
      const watcher = watchFolder(folder, (name) => {
        if (name === null || files.some((one) => dirname(one) === folder && basename(one) === name)) lookSoon()
      })
      if (!watcher) continue
      watchers.set(folder, watcher)
      watcher.once('error', () => {
        watcher.close()
        watchers.delete(folder)
      })
    }
  }
  watchFolders()
  void look()
  const ticking = setInterval(() => {
    watchFolders()
    void look()
  }, LOOK_EVERY_MS)
  return {
    dispose() {
      isOver = true
      clearInterval(ticking)
      clearTimeout(settling)
      for (const watcher of watchers.values()) watcher.close()
    },
  }
}

function watchFolder(folder: string, onName: (name: string | null) => void): FSWatcher | null {
  try {
    return watch(folder, { persistent: false }, (_event, name) => onName(name))
  } catch {
    return null
  }
}

/** Through symlinks, so that another target is another state. */
async function stateOf(files: readonly string[]): Promise<string> {
  const states = files.map((file) =>
    stat(file).then(
      ({ dev, ino, size, mtimeMs, ctimeMs }) => [dev, ino, size, mtimeMs, ctimeMs].join(':'),
      (error: NodeJS.ErrnoException) => error.code ?? 'absent',
    ),
  )
  return (await Promise.all(states)).join('\n')
}
