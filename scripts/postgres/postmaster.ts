import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { commandLineOf } from './command-line.ts'
import { setTimeout as delay } from 'node:timers/promises'

export interface Postmaster {
  pid: number
  port: number
  ready: boolean
}

/** What `postmaster.pid` in a data folder says, or undefined when there is none that can be read. */
export function readPostmaster(dataDir: string): Postmaster | undefined {
  let lines: string[]
  try {
    lines = readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return undefined
  }
  const [pid, port] = [Number(lines[0]), Number(lines[3])]
  return pid > 0 ? { pid, port, ready: lines[7]?.trim() === 'ready' } : undefined
}

/** The postmaster that runs on a data folder now. A lock file left by a process that is gone is removed. */
export function findRunningPostmaster(dataDir: string): Postmaster | undefined {
  const found = readPostmaster(dataDir)
  if (!found) return undefined
  // A process id may have been given to another program since; only one that names this folder is ours to touch.
  if (commandLineOf(found.pid).includes(dataDir)) return found
  rmSync(join(dataDir, 'postmaster.pid'), { force: true })
  return undefined
}

/** Ends a postmaster: politely to its clients first, at once after 15 s. */
export async function endPostmaster(pid: number): Promise<void> {
  for (const [signal, patienceMs] of [
    ['SIGINT', 15_000],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ] as const) {
    if (!isAlive(pid)) return
    process.kill(pid, signal)
    if (await waitForEnd(pid, patienceMs)) return
  }
}

async function waitForEnd(pid: number, patienceMs: number): Promise<boolean> {
  const deadline = Date.now() + patienceMs
  while (isAlive(pid)) {
    if (Date.now() > deadline) return false
    await delay(10)
  }
  return true
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
