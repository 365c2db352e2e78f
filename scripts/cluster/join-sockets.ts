import type { Socket } from 'node:net'

/** Passes bytes both ways until either end is done, and lets a failure of one end the other. */
export function joinSockets(left: Socket, right: Socket): void {
  left.pipe(right)
  right.pipe(left)
  left.on('error', () => right.destroy())
  right.on('error', () => left.destroy())
  left.on('close', () => right.destroy())
  right.on('close', () => left.destroy())
}
