import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { delimiter, join } from 'node:path'

/** Where a program lies that the person's terminal would find; null when none does. `paths` are values of PATH, the best first. */
export async function findProgram(name: string, paths: readonly (string | undefined)[]): Promise<string | null> {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', '.bat'] : ['']
  const folders = paths.flatMap((path) => (path ?? '').split(delimiter)).filter(Boolean)
  for (const folder of new Set(folders)) {
    for (const ending of endings) {
      const file = join(folder, name + ending)
      if (await isProgram(file)) return file
    }
  }
  return null
}

async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK)
    return (await stat(file)).isFile()
  } catch {
    return false
  }
}
