import { createHash } from 'node:crypto'
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { EDITOR_IDLE_DAYS } from '#contract/extension-api.ts'

const SESSION_PREFIX = 'sign-in-'
const ENDED_PREFIX = 'signed-out-'
const LOCK_FILE = 'refresh.lock'
const LOCK_POLL_MS = 50
/** Longer than a refresh with its second try takes. */
const LOCK_STALE_MS = 25_000
const LOCK_WAIT_MS = 26_000
const DAY_MS = 24 * 3_600_000

function tellsOfSession(name: string): boolean {
  return name.startsWith(SESSION_PREFIX) || name.startsWith(ENDED_PREFIX)
}

/**
 * A folder of the extension that all windows of this machine read. Some editors keep one copy of the SecretStorage in each browser tab and
 * never look again: through this folder a tab learns what another one did since. It holds sealed text and nothing readable.
 */
export class SessionFolder {
  readonly #path: string

  constructor(path: string) {
    this.#path = path
  }

  /** The sealed sign-in at a server; null when there is none. */
  async read(serverUrl: string): Promise<string | null> {
    return readFile(this.#sessionFile(serverUrl), 'utf8').catch(() => null)
  }

  async write(serverUrl: string, sealed: string): Promise<void> {
    await this.#put(this.#sessionFile(serverUrl), sealed)
  }

  async hasEnded(family: string): Promise<boolean> {
    return stat(this.#endedFile(family)).then(
      () => true,
      () => false,
    )
  }

  async writeEnded(family: string): Promise<void> {
    await this.#put(this.#endedFile(family), '')
  }

  /** Removes what no window can need any more. */
  async removeOld(): Promise<void> {
    const names = await readdir(this.#path).catch(() => [])
    for (const name of names.filter(tellsOfSession)) {
      const file = join(this.#path, name)
      const info = await stat(file).catch(() => null)
      if (info !== null && Date.now() - info.mtimeMs > EDITOR_IDLE_DAYS * DAY_MS) await rm(file, { force: true })
    }
  }

  /** Runs the work while no other window of this machine does. A lock that cannot be had in time is no reason not to work. */
  async exclusively<T>(work: () => Promise<T>): Promise<T> {
    const held = await this.#lock()
    try {
      return await work()
    } finally {
      if (held) await rm(join(this.#path, LOCK_FILE), { force: true })
    }
  }

  async #lock(): Promise<boolean> {
    const file = join(this.#path, LOCK_FILE)
    await mkdir(this.#path, { recursive: true, mode: 0o700 }).catch(() => undefined)
    const until = Date.now() + LOCK_WAIT_MS
    while (Date.now() < until) {
      try {
        await writeFile(file, String(process.pid), { flag: 'wx', mode: 0o600 })
        return true
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false
      }
      if (await isLeftBehind(file)) await rm(file, { force: true })
      else await delay(LOCK_POLL_MS)
    }
    return false
  }

  /** In one step, so that no reader sees half of it. */
  async #put(file: string, text: string): Promise<void> {
    await mkdir(this.#path, { recursive: true, mode: 0o700 })
    const next = `${file}.${process.pid}`
    await writeFile(next, text, { mode: 0o600 })
    await rename(next, file)
  }

  #sessionFile(serverUrl: string): string {
    const server = createHash('sha256').update(serverUrl).digest('hex').slice(0, 32)
    return join(this.#path, SESSION_PREFIX + server)
  }

  #endedFile(family: string): string {
    return join(this.#path, ENDED_PREFIX + family)
  }
}

/** Whether the window that holds the lock is gone, or has held it for longer than any refresh takes. */
async function isLeftBehind(file: string): Promise<boolean> {
  const info = await stat(file).catch(() => null)
  if (info === null) return false
  const holder = Number(await readFile(file, 'utf8').catch(() => ''))
  return Date.now() - info.mtimeMs > LOCK_STALE_MS || (holder > 0 && !isRunning(holder))
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
