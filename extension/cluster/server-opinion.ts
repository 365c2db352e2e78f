import type { EntitlementClaims } from '#contract/entitlement.ts'
import type { EditorAccount } from '../account/account.ts'
import type { ServerVerdict } from './judge-standing.ts'

/** The status is written every minute; so often a fact of the server may be behind. */
const ASK_EVERY_MS = 55_000

type AskedAccount = Pick<EditorAccount, 'current' | 'server'>

/** What the server says of an entitled cluster, where somebody is signed in who may know. Asked for in the background. */
export class ServerOpinion {
  readonly #account: AskedAccount
  readonly #onChange: () => void
  #about = ''
  #askedAt = -Infinity
  #verdict: ServerVerdict | null = null

  constructor(account: AskedAccount, onChange: () => void) {
    this.#account = account
    this.#onChange = onChange
  }

  /** What it said last. Asks anew when that is a while ago. */
  about({ team, sub }: EntitlementClaims): ServerVerdict | null {
    const isMember = this.#account.current?.teams.some(({ id }) => id === team) ?? false
    if (!isMember) {
      this.forget()
      return null
    }
    const about = `${team} ${sub}`
    if (about !== this.#about) this.forget()
    this.#about = about
    if (performance.now() - this.#askedAt >= ASK_EVERY_MS) void this.#ask(team, sub)
    return this.#verdict
  }

  forget(): void {
    this.#askedAt = -Infinity
    this.#verdict = null
    this.#about = ''
  }

  /** An answer that does not come changes nothing: the token holds until its end. */
  async #ask(teamId: string, clusterId: string): Promise<void> {
    this.#askedAt = performance.now()
    const about = this.#about
    try {
      const standing = await this.#account.server.readStanding({ teamId, clusterId })
      if (about !== this.#about) return
      const gone = { pro: false, message: 'The server no longer knows this cluster.' }
      this.#verdict = standing ? { pro: standing.pro, message: standing.refusal?.message ?? null } : gone
      this.#onChange()
    } catch {
      // The next look asks again.
    }
  }
}
