import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** The command line of a process, or an empty text when there is no such process. */
export function commandLineOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    const answer = spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
    return answer.stdout ?? ''
  }
}
