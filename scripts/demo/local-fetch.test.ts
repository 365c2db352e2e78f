import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, onTestFinished, test } from 'vitest'
import { localFetch } from './local-fetch.ts'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

test('an answer that goes on is ended by its signal, also after what asked for it was collected', async () => {
  const server = createServer((_req, res) => res.writeHead(200).write('first'))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo

  const closing = new AbortController()
  const answer = await localFetch(new URL(`http://127.0.0.1:${port}/`), { signal: closing.signal })
  const reader = answer.body?.getReader()
  expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('first')
  const rest = reader?.read()
  for (let turn = 0; turn < 5; turn++) {
    collectGarbage()
    await new Promise((resolve) => setImmediate(resolve))
  }
  closing.abort()
  await expect(rest).rejects.toThrow('aborted')
})
