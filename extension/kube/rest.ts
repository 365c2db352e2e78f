/**
 * Waits about `ms` milliseconds, or until the signal aborts. With some chance in it, so that many that fell silent together do not
 * come back together.
 */
export function rest(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const wake = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', wake)
      resolve()
    }
    const timer = setTimeout(wake, ms * (0.75 + Math.random() / 2))
    signal.addEventListener('abort', wake)
  })
}
