import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { TestDatabases } from './test-databases.ts'

let databases: Promise<TestDatabases> | undefined

/**
 * Runs once in vitest's main process: an address where the test files, each in a process of its own, ask for databases.
 * PostgreSQL itself starts with the first request, so a run without database tests does not pay for it.
 */
export default async function setUp(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.KUBE9_TEST_DATABASES !== undefined) return undefined
  const server = createServer((req, res) => void answer(req, res)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The system gave no TCP port.')
  process.env.KUBE9_TEST_DATABASES = `http://127.0.0.1:${address.port}`
  return async () => {
    delete process.env.KUBE9_TEST_DATABASES
    server.closeAllConnections()
    server.close()
    await (await databases)?.stop()
  }
}

async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
  try {
    databases ??= TestDatabases.start()
    const running = await databases
    const name = req.url?.slice(1) ?? ''
    const body = req.method === 'DELETE' ? await running.drop(name).then(() => ({})) : await running.create()
    res.setHeader('content-type', 'application/json').end(JSON.stringify(body))
  } catch (error) {
    res.writeHead(500).end(error instanceof Error ? (error.stack ?? error.message) : String(error))
  }
}
