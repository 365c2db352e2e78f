import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import type { Progress } from './part.ts'

const RETRY_MS = 250

/**
 * Runs `work` while holding the lock file. Waits for a living holder; the lock of a process that has ended is taken over.
 */
export async function withFileLock<T>(path: string, onProgress: Progress, work: () => Promise<T>): Promise<T> {
  await acquire(path, onProgress)
  try {
    return await work()
  } finally {
    await rm(path, { force: true })
  }
}

async function acquire(path: string, onProgress: Progress): Promise<void> {
  let announced = false
  while (!(await tryCreate(path))) {
    const holder = await readHolder(path)
    if (holder !== null && !isAlive(holder)) {
      await discard(path)
      continue
    }
    if (!announced) onProgress(`waiting for another process, which prepares the same part (${path})`)
    announced = true
    await delay(RETRY_MS)
  }
}

async function tryCreate(path: string): Promise<boolean> {
  try {
    await writeFile(path, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** Null while the file is gone or its writer has not written yet. */
async function readHolder(path: string): Promise<number | null> {
  const text = await readFile(path, 'utf8').catch(() => '')
  return text === '' ? null : Number(text)
}

/** Moving first: of two processes that saw the same dead holder, only one removes, and never the other's new lock. */
async function discard(path: string): Promise<void> {
  const stale = `${path}.stale-${process.pid}`
  await rename(path, stale).catch(() => undefined)
  await rm(stale, { force: true })
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
