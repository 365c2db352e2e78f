import { setTimeout as delay } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { serviceUnavailable } from '#server/core/error-answer.ts'
import type { Database } from '#server/platform/database.ts'
import type { ApiServices } from './services.ts'

const CHECK_TIMEOUT_MS = 2_000

/** `/healthz`: the process runs. `/readyz`: it can serve, so its database answers and it is not about to end. */
export function answerHealth(server: FastifyInstance, services: ApiServices): void {
  server.get('/healthz', async () => ({ status: 'ok' }))
  server.get('/readyz', async () => {
    if (services.ending.aborted) throw serviceUnavailable(new Error('the process is ending'))
    if (!services.schema.isReady())
      throw serviceUnavailable(new Error('the database has not got the schema of this release yet'))
    await checkDatabase(services.db)
    return { status: 'ready' }
  })
}

async function checkDatabase(db: Database): Promise<void> {
  const done = new AbortController()
  const tooLate = delay(CHECK_TIMEOUT_MS, undefined, { signal: done.signal }).then(() => {
    throw new Error('the database does not answer')
  })
  try {
    await Promise.race([db.$queryRaw`SELECT 1`, tooLate])
  } catch (error) {
    throw serviceUnavailable(error)
  } finally {
    done.abort()
    tooLate.catch(() => undefined)
  }
}
