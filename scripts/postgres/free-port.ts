import { randomInt } from 'node:crypto'
import { canListen } from './can-listen.ts'

// Below what Linux (from 32768), macOS and Windows (from 49152) give to connections going out, and below Kubernetes' node ports:
// a port that is asked for now and listened on seconds later would be lost to such a connection.
const FIRST_PORT = 20_000
const END_OF_PORTS = 30_000

const given = new Set<number>()

/**
 * A TCP port of 127.0.0.1 that nobody listens on at this moment, and that the system gives to no outgoing connection later;
 * one process is never given a port twice.
 * Throws as `canListen` does.
 */
export async function freePort(candidate = () => randomInt(FIRST_PORT, END_OF_PORTS)): Promise<number> {
  for (;;) {
    const port = candidate()
    if (given.has(port)) continue
    given.add(port)
    if (await canListen(port)) return port
  }
}
