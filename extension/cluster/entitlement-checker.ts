import { ENTITLEMENT_LEEWAY_SECONDS } from '#contract/entitlement.ts'
import type { EntitlementClaims } from '#contract/entitlement.ts'
import { refusalOf } from './entitlement-refusal.ts'
import type { EntitlementFault } from './entitlement-refusal.ts'
import type { EntitlementVerdict } from './judge-standing.ts'
import type { ServerKeys } from './server-keys.ts'

/** What another look at the server's keys may change. */
const LOOK_AGAIN_MS = 61_000

export interface EntitlementQuestion {
  token: string | null
  /** The address of the setting: the trust root. */
  serverUrl: string
  identifier: string | null
  clusterId: string | null
  now: number
}

export interface EntitlementAnswer {
  verdict: EntitlementVerdict
  /** When the answer may be another one; null for never. */
  changesAt: number | null
}

type Verified = { claims: EntitlementClaims } | { fault: EntitlementFault; detail?: string }

/** Checks a token that a cluster shows. Signatures are checked once for each token; keys and times at every look. */
export class EntitlementChecker {
  readonly #keys: ServerKeys
  #kept: { for: string; verified: Verified } | null = null

  constructor(keys: ServerKeys) {
    this.#keys = keys
  }

  async check(question: EntitlementQuestion): Promise<EntitlementAnswer> {
    const { token, serverUrl, identifier, clusterId, now } = question
    if (token === null) return { verdict: { kind: 'none' }, changesAt: null }
    const trustedHost = new URL(serverUrl).host
    const refuse = (fault: EntitlementFault, changesAt: number | null = null, detail = ''): EntitlementAnswer => ({
      verdict: { kind: 'refused', refusal: refusalOf(fault, trustedHost, detail) },
      changesAt,
    })
    const { keyIdOf, timeFault, verifyEntitlement } = await import('./verify-entitlement.ts')
    const keyId = keyIdOf(token)
    if (keyId === null) return refuse('malformed')
    if (identifier === null) return refuse('unidentified')
    const answer = await this.#keys.find(serverUrl, keyId)
    if ('unreachable' in answer) return refuse('unchecked', now + LOOK_AGAIN_MS, answer.unreachable)
    if ('absent' in answer) return refuse('unknown-key', now + LOOK_AGAIN_MS)
    const check = { token, jwk: answer.key, trustedHost, identifier, clusterId }
    const verified = await this.#once(JSON.stringify(check), () => verifyEntitlement(check))
    if ('fault' in verified) return refuse(verified.fault, null, verified.detail)
    const { claims } = verified
    const fault = timeFault(claims, now)
    const beginsAt = (claims.iat - ENTITLEMENT_LEEWAY_SECONDS) * 1000
    if (fault) return refuse(fault, fault === 'not-yet' ? beginsAt : null)
    return { verdict: { kind: 'valid', claims }, changesAt: (claims.exp + ENTITLEMENT_LEEWAY_SECONDS) * 1000 }
  }

  async #once(key: string, verify: () => Promise<Verified>): Promise<Verified> {
    if (this.#kept?.for !== key) this.#kept = { for: key, verified: await verify() }
    return this.#kept.verified
  }
}
