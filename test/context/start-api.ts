import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { createApiServer } from '#server/http/api-server.ts'
import type { ApiServices } from '#server/http/services.ts'
import { listenForChanges } from '#server/platform/events.ts'
import { extensionRouter } from '#server/trpc/extension-router.ts'
import { operatorRouter } from '#server/trpc/operator-router.ts'
import type { TestWorld } from './test-world.ts'

export type TestApi = { url: string; close(): Promise<void> }

/** `prepare` may add routes of a test's own, before the server listens. */
type ApiChanges = Partial<Pick<ApiServices, 'env' | 'db'>> & {
  prepare?: (server: FastifyInstance, services: ApiServices) => void
}

/** The API's real HTTP server on a port of its own, over the database and the clock of a test's world. */
export async function startApi(world: TestWorld, changes: ApiChanges = {}): Promise<TestApi> {
  const { prepare, ...others } = changes
  const ending = new AbortController()
  const heard = listenForChanges({ url: world.database.appUrl, log: world.log })
  const services: ApiServices = {
    env: world.env,
    db: world.db,
    clock: world.clock,
    log: world.log,
    operatorRouter,
    extensionRouter,
    changes: heard,
    schema: { isReady: () => true },
    ending: ending.signal,
    ...others,
  }
  const server = await createApiServer(services)
  prepare?.(server, services)
  await server.listen({ host: '127.0.0.1', port: 0 })
  const { port } = server.server.address() as AddressInfo
  const close = async () => {
    ending.abort()
    await server.close()
    await heard.close()
  }
  return { url: `http://127.0.0.1:${port}`, close }
}

export type AskOptions = { key?: string; headers?: Record<string, string>; body?: string; method?: string }

/** One request: a POST of JSON when it has a body, else a GET. */
export async function askApi(api: Pick<TestApi, 'url'>, path: string, options: AskOptions = {}) {
  const { key, body, method = body === undefined ? 'GET' : 'POST' } = options
  const headers = {
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
    ...options.headers,
  }
  const res = await fetch(api.url + path, { method, headers, ...(body === undefined ? {} : { body }) })
  return { status: res.status, headers: res.headers, text: await res.text() }
}
