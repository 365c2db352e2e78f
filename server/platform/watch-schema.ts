import type { Logger } from './logger.ts'
import { waitForSchema } from './wait-for-schema.ts'

/** Whether the database holds the schema of this release yet. */
export type SchemaWatch = { isReady(): boolean }

const LONGEST_WAIT_MS = 120_000

/**
 * Looks, beside everything else, until the migrations of this release are applied by the process that does so. A process
 * whose schema does not come says why in one line and ends with code 1.
 */
export function watchSchema(options: { url: string; log: Logger; signal: AbortSignal }): SchemaWatch {
  let ready = false
  waitForSchema({ url: options.url, timeoutMs: LONGEST_WAIT_MS, signal: options.signal }).then(
    () => {
      ready = true
      options.log.info('the database is ready')
    },
    (error: unknown) => {
      if (options.signal.aborted) return
      process.stderr.write(
        `${error instanceof Error ? error.message : String(error)}. Check DATABASE_URL, and that the migrations run.\n`,
      )
      process.exit(1)
    },
  )
  return { isReady: () => ready }
}
