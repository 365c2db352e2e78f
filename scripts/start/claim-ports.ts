import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { StartFailure } from './failure.ts'

/** Throws StartFailure when somebody else answers where one of our programs is going to. */
export async function claimPorts(ports: Record<string, number>): Promise<void> {
  for (const [variable, port] of Object.entries(ports)) {
    if ((await canListen(port)) && !(await answers(port))) continue
    throw new StartFailure(
      `Port ${port} is in use. End the program that listens there, or choose another port: ${variable}=${port + 1} npm start`,
    )
  }
}

async function canListen(port: number): Promise<boolean> {
  const server = createServer()
  try {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EACCES')
      throw new StartFailure(`Port ${port} is kept for the system. Choose one above 1023.`, { cause: error })
    return false
  } finally {
    server.close()
  }
}

// A browser may take `localhost` for ::1, where another program would answer in our place.
async function answers(port: number): Promise<boolean> {
  const socket = connect({ port, host: '::1' })
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}
