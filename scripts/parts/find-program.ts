import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The full path of an executable file that PATH leads to, or null. */
export function findProgram(name: string): string | null {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const candidate = join(folder, name)
    if (folder && isExecutable(candidate)) return candidate
  }
  return null
}

/** True for a file that this user may run. */
export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
