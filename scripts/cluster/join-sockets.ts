import type { Duplex } from 'node:stream'

/** Passes bytes both ways until both are done: what one has sent arrives, even when it left right after. A fault ends both. */
export function joinSockets(left: Duplex, right: Duplex): void {
  pass(left, right)
  pass(right, left)
}

function pass(from: Duplex, to: Duplex): void {
  from.pipe(to)
  from.on('error', () => to.destroy())
  to.on('close', () => from.resume())
  // Whoever closes after its end still has bytes on their way to the other.
  from.on('close', () => from.readableEnded || to.destroy())
}
