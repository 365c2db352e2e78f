import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { afterEach, expect, test } from 'vitest'
import { joinSockets } from './join-sockets.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

async function serve(take: (socket: Socket) => void): Promise<number> {
  const server = createServer(take)
  servers.push(server)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return (server.address() as AddressInfo).port
}

test('a slow reader gets all of what was sent, though the sender left at once', async () => {
  let received = ''
  const reader = new Duplex({
    read: () => undefined,
    write(chunk: Buffer, _, done) {
      setTimeout(() => {
        if (!this.destroyed) received += chunk.toString()
        done()
      }, 20)
    },
    final(done) {
      this.push(null)
      done()
    },
  })
  const parts = ['all ', 'of ', 'it', null]
  const sender = new Duplex({
    allowHalfOpen: false,
    read: () => void sender.push(parts.shift()),
    write: () => undefined,
  })
  joinSockets(reader, sender)
  await once(reader, 'close')
  expect(received).toBe('all of it')
})

test.each(['near', 'far'])('when the %s end is cut off, the other is too', async (cut) => {
  const { promise: arrived, resolve } = Promise.withResolvers<Socket>()
  const target = await serve(resolve)
  const near = connect(await serve((socket) => joinSockets(socket, connect(target, '127.0.0.1'))), '127.0.0.1')
  const far = await arrived
  for (const end of [near, far]) end.on('error', () => undefined).resume()
  const [cutOff, other] = cut === 'near' ? [near, far] : [far, near]
  cutOff.resetAndDestroy()
  await once(other, 'close')
  expect(other.destroyed).toBe(true)
})
