import { EnvError } from '#server/platform/env.ts'
import { MigrationError } from '#server/platform/migrate.ts'
import { BuildError } from '#scripts/build/build-when-stale.ts'

/** Something that the person at the terminal can mend; its message is one line that says how. */
export class StartFailure extends Error {
  override name = 'StartFailure'
}

/** One line for the terminal: what happened and what to do. */
export function describeFailure(error: unknown, folder: string): string {
  const message = error instanceof Error ? error.message : String(error)
  if (/ENOSPC|EDQUOT|No space left on device/i.test(message)) {
    return `The disk is full. Free some space where ${folder} lies, then start again.`
  }
  if (error instanceof StartFailure || error instanceof EnvError) return oneLine(message)
  if (error instanceof MigrationError || error instanceof BuildError) return oneLine(message)
  if (/EACCES|EPERM|EROFS/.test(message))
    return `${folder} cannot be written (${oneLine(message)}). Mend its permissions, then start again.`
  return oneLine(message)
}

function oneLine(text: string): string {
  return text.trim().replaceAll(/\s*\n\s*/g, ' ')
}
