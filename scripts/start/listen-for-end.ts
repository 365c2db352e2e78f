/** Within this time a second signal is the same Ctrl-C, come by another way. */
const SAME_SIGNAL_MS = 1_000

/** Aborted by the first Ctrl-C or SIGTERM; a second one ends this process on the spot. */
export function listenForEnd(): AbortSignal {
  const ending = new AbortController()
  let firstAtMs = Number.POSITIVE_INFINITY
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (performance.now() - firstAtMs > SAME_SIGNAL_MS) process.exit(1)
      firstAtMs = Math.min(firstAtMs, performance.now())
      ending.abort()
    })
  }
  return ending.signal
}
