import { monitorEventLoopDelay } from 'node:perf_hooks'

/** How long `work` takes, in ms, without the longest time for which this process was held up and could do nothing at all. */
export async function timeAwake(work: () => Promise<unknown>): Promise<number> {
  const heldUp = monitorEventLoopDelay({ resolution: 20 })
  heldUp.enable()
  const startedAt = performance.now()
  await work()
  const elapsedMs = performance.now() - startedAt
  heldUp.disable()
  return elapsedMs - heldUp.max / 1e6
}
