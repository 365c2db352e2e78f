import { once } from 'node:events'
import { createServer } from 'node:net'

/** False when the TCP port of 127.0.0.1 is taken; throws, with the system's code, when nobody may listen there. */
export async function canListen(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return false
    throw error
  }
  server.close()
  await once(server, 'close')
  return true
}
