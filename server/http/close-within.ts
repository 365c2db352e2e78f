import type { FastifyInstance } from 'fastify'

/** Takes no new connections, lets requests under way finish for `drainMs`, then cuts what is left. */
export async function closeWithin(server: FastifyInstance, drainMs: number): Promise<void> {
  const cut = setTimeout(() => server.server.closeAllConnections(), drainMs)
  await server.close()
  clearTimeout(cut)
}
