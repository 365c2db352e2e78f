import { z } from 'zod'
import { jwksSchema } from '#contract/entitlement.ts'
import type { Jwks } from '#contract/entitlement.ts'

const KEEP_MS = 3_600_000
/** Whoever can write a ConfigMap can name unknown keys; they shall not make us ask the server for each. */
const ASK_AGAIN_MS = 60_000
const TIMEOUT_MS = 10_000
const MAX_BYTES = 64 * 1024

type Key = Jwks['keys'][number]

export type KeyAnswer = { key: Key } | { absent: true } | { unreachable: string }

export interface ServerKeysOptions {
  fetch?: typeof fetch
  now?: () => number
}

const listSchema = z.object({ keys: z.array(z.unknown()).max(64) })

/**
 * The server's public keys, by which entitlements are checked; asked for only when there is a token. The address is the setting's
 * alone, and an answer that leads elsewhere is refused.
 */
export class ServerKeys {
  readonly #fetch: typeof fetch
  readonly #now: () => number
  readonly #byServer = new Map<string, ServerEntry>()

  constructor({ fetch: given, now = Date.now }: ServerKeysOptions = {}) {
    this.#fetch = given ?? ((...args) => fetch(...args))
    this.#now = now
  }

  async find(serverUrl: string, keyId: string): Promise<KeyAnswer> {
    const entry = this.#byServer.get(serverUrl) ?? {
      keys: [],
      fetchedAt: null,
      triedAt: null,
      fault: null,
      asking: null,
    }
    this.#byServer.set(serverUrl, entry)
    const isKnown = entry.keys.some(({ kid }) => kid === keyId)
    if (this.#shouldAsk(entry, isKnown)) {
      entry.asking ??= this.#ask(serverUrl, entry).finally(() => (entry.asking = null))
      await entry.asking
    }
    const key = entry.keys.find(({ kid }) => kid === keyId)
    if (key) return { key }
    return entry.fault === null ? { absent: true } : { unreachable: entry.fault }
  }

  #shouldAsk({ fetchedAt, triedAt, asking }: ServerEntry, isKnown: boolean): boolean {
    if (asking) return true
    const now = this.#now()
    if (triedAt !== null && now - triedAt < ASK_AGAIN_MS) return false
    return !isKnown || fetchedAt === null || now - fetchedAt >= KEEP_MS
  }

  /** Keys that are known stay when the server is away: what they signed still holds. */
  async #ask(serverUrl: string, entry: ServerEntry): Promise<void> {
    entry.triedAt = this.#now()
    try {
      const response = await this.#fetch(`${serverUrl}/.well-known/jwks.json`, {
        redirect: 'error',
        credentials: 'omit',
        headers: { accept: 'application/json' },
        signal: AbortSignal.timeout(TIMEOUT_MS),
      })
      if (!response.ok) throw new Error(`it answers ${response.status}`)
      const text = await response.text()
      if (text.length > MAX_BYTES) throw new Error('its answer is too long')
      entry.keys = keysIn(text)
      entry.fetchedAt = this.#now()
      entry.fault = null
    } catch (error) {
      entry.fault = wordsFor(error)
    }
  }
}

interface ServerEntry {
  keys: Key[]
  fetchedAt: number | null
  triedAt: number | null
  fault: string | null
  asking: Promise<void> | null
}

/** Keys of a kind that is not known yet are left out. */
function keysIn(text: string): Key[] {
  const parsed = listSchema.safeParse(JSON.parse(text))
  if (!parsed.success) throw new Error('its answer is no list of keys')
  return parsed.data.keys.flatMap((key) => jwksSchema.shape.keys.element.safeParse(key).data ?? []).slice(0, 16)
}

function wordsFor(error: unknown): string {
  const { name, message, cause } = error as { name: string; message: string; cause?: { code?: string } }
  if (name === 'TimeoutError') return 'no answer in time'
  if (error instanceof SyntaxError) return 'its answer is not JSON'
  return cause?.code ?? message
}
