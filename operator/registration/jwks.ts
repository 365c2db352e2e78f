import { z } from 'zod'
import { jwksSchema } from '#contract/entitlement.ts'
import type { Jwks } from '#contract/entitlement.ts'
import type { Send } from './exchange.ts'
import { away } from './server-fault.ts'

const MAX_KEYS = 16
const anyKeysSchema = z.object({ keys: z.array(z.unknown()).max(64) })

/** The server's public keys. Keys of a kind that this operator does not know are left out. Throws a `ServerFaultError`. */
export async function fetchJwks(serverUrl: string, send: Send, signal: AbortSignal): Promise<Jwks> {
  const answer = await send(new URL(`${serverUrl}/.well-known/jwks.json`), { method: 'GET', signal })
  if (answer.status !== 200) throw away('UnexpectedAnswer', `the server's public keys answered ${answer.status}`)
  try {
    const keys = anyKeysSchema.parse(JSON.parse(answer.text)).keys.flatMap((key) => {
      const parsed = jwksSchema.shape.keys.element.safeParse(key)
      return parsed.success ? [parsed.data] : []
    })
    return { keys: keys.slice(0, MAX_KEYS) }
  } catch (error) {
    throw away('UnexpectedAnswer', "the server's public keys are unreadable", error)
  }
}
