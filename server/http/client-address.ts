import type { IncomingMessage } from 'node:http'

/**
 * Who sent a request. Each trusted proxy adds one address at the end of X-Forwarded-For, so the client is the one that the
 * outermost of them wrote; whatever stands further left was written by the client itself.
 */
export function clientAddressOf(req: IncomingMessage, trustedProxyHops: number): string {
  const socketAddress = req.socket.remoteAddress ?? 'unknown'
  if (trustedProxyHops === 0) return socketAddress
  const header = req.headers['x-forwarded-for']
  const chain = (Array.isArray(header) ? header.join(',') : (header ?? '')).split(',').map((address) => address.trim())
  return chain.at(-trustedProxyHops) || socketAddress
}
