import { once } from 'node:events'
import { connect } from 'node:net'
import { canListen } from '#scripts/postgres/can-listen.ts'
import { StartFailure } from './failure.ts'

/** Throws StartFailure when somebody else answers where one of our programs is going to. */
export async function claimPorts(ports: Record<string, number>): Promise<void> {
  for (const [variable, port] of Object.entries(ports)) {
    if ((await isFree(port)) && !(await answers(port))) continue
    throw new StartFailure(
      `Port ${port} is in use. End the program that listens there, or choose another port: ${variable}=${port + 1} npm start`,
    )
  }
}

async function isFree(port: number): Promise<boolean> {
  try {
    return await canListen(port)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EACCES') throw error
    throw new StartFailure(`Port ${port} is kept for the system. Choose one above 1023.`, { cause: error })
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
