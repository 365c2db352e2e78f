import type { Logger } from './logger.ts'

/** The way a process ends. `signal` aborts when that begins; `done` resolves when everything has been closed. */
export type Ending = { signal: AbortSignal; done: Promise<void> }

/**
 * On SIGTERM or SIGINT: aborts `signal`, closes in order what `closers` holds by then, and lets the process run out. After
 * `longestMs`, or on a second signal, it ends at once.
 */
export function endOnSignal(log: Logger, longestMs: number, closers: readonly (() => Promise<void>)[]): Ending {
  const beginning = new AbortController()
  const done = new Promise<void>((resolve) => {
    const onSignal = (signal: NodeJS.Signals) => {
      if (beginning.signal.aborted) process.exit(1)
      log.info({ signal }, 'ending')
      beginning.abort()
      setTimeout(() => process.exit(1), longestMs).unref()
      void closeAll(log, closers).then(resolve)
    }
    process.on('SIGTERM', onSignal)
    process.on('SIGINT', onSignal)
  })
  return { signal: beginning.signal, done }
}

async function closeAll(log: Logger, closers: readonly (() => Promise<void>)[]): Promise<void> {
  for (const close of closers) {
    await close().catch((error: unknown) => log.error({ err: error }, 'something could not be closed in order'))
  }
  log.info('ended')
}
