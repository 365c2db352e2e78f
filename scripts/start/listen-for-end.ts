/** Aborted by the first Ctrl-C or SIGTERM; the second one ends this process on the spot. */
export function listenForEnd(): AbortSignal {
  const ending = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (ending.signal.aborted) process.exit(1)
      ending.abort()
    })
  }
  return ending.signal
}
