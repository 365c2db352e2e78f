import { setTimeout as delay } from 'node:timers/promises'

/** Asks again until there is an answer; says what was missing when time is up. */
export async function waitFor<T>(
  what: string,
  ask: () => T | undefined | null | false | Promise<T | undefined | null | false>,
  timeoutMs = 60_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs
  let lastError: unknown
  for (;;) {
    try {
      const answer = await ask()
      if (answer !== undefined && answer !== null && answer !== false) return answer
      lastError = undefined
    } catch (error) {
      lastError = error
    }
    if (Date.now() > deadline) {
      const last = lastError instanceof Error ? ` Last: ${lastError.message}` : ''
      throw new Error(`Waited ${timeoutMs} ms in vain for ${what}.${last}`, { cause: lastError })
    }
    await delay(100)
  }
}
