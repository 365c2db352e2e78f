import { createApiServer } from '#server/http/api-server.ts'
import { closeWithin } from '#server/http/close-within.ts'
import { systemClock } from '#server/platform/clock.ts'
import { createDatabase } from '#server/platform/database.ts'
import { endOnSignal } from '#server/platform/ending.ts'
import { loadEnv } from '#server/platform/env.ts'
import { listenForChanges } from '#server/platform/events.ts'
import { createLogger } from '#server/platform/logger.ts'
import { watchSchema } from '#server/platform/watch-schema.ts'
import { extensionRouter } from '#server/trpc/extension-router.ts'
import { operatorRouter } from '#server/trpc/operator-router.ts'

const DRAIN_MS = 10_000
const LONGEST_END_MS = 15_000

/** api.kube9.io: what operators and editors call. It listens before its database answers, and says 503 until then. */
async function main(): Promise<void> {
  const env = loadEnv()
  const log = createLogger({ name: 'api', level: env.logLevel })
  const closers: (() => Promise<void>)[] = []
  const ending = endOnSignal(log, LONGEST_END_MS, closers)
  const db = createDatabase({ url: env.database.url })
  const changes = listenForChanges({ url: env.database.url, log })
  const schema = watchSchema({ url: env.database.url, log, signal: ending.signal })
  const server = await createApiServer({
    env,
    db,
    log,
    operatorRouter,
    extensionRouter,
    changes,
    schema,
    clock: systemClock,
    ending: ending.signal,
  })
  closers.push(
    () => closeWithin(server, DRAIN_MS),
    () => changes.close(),
    () => db.$disconnect(),
  )
  const address = await server.listen({ host: env.bindAddress, port: env.apiPort })
  log.info({ address }, 'the API listens')
}

main().catch((error: unknown) => {
  const inUse = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
  const reason = inUse ? 'its port is in use. End what uses it, or set API_PORT.' : String(error)
  process.stderr.write(`The API cannot start: ${reason}\n`)
  process.exit(1)
})
