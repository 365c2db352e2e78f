import type { EditorAccount } from '../../account/account.ts'
import { SignedOutError } from '../../account/account.ts'
import { ServerError, serverErrorText } from '../../account/server-error.ts'
import type { Cluster } from '../../cluster/cluster.ts'
import type { Mend } from '../../cluster/standing.ts'
import { findNames } from '../../names/find-names.ts'
import type { HostMessage, PageMessage } from '#contract/webview-protocol.ts'
import type { Page } from '../frame/page.ts'
import type { FromOuter, ProTarget, ToOuter } from './protocol.ts'
import { standingNotice } from './standing-notice.ts'

/** What a page stands on. `cluster` is the one of its context as the kubeconfigs are now. */
export interface ProSurroundings {
  account: EditorAccount
  page: Page<ToOuter, FromOuter>
  cluster: () => Cluster | null
  isGone: () => boolean
  mend: { run: (mend: Mend, cluster: Cluster | null) => void; words: (mend: Mend) => string }
  openLink: (url: string) => void
}

const V = { v: 1 } as const

/**
 * The host's side of one cluster's page: mints codes for it, finds names for it, and says what is wrong with the cluster. The page names no
 * cluster itself: a code is for the target alone, whatever it asks.
 */
export class ProSession {
  readonly #target: ProTarget
  readonly #around: ProSurroundings
  /** Whom the page was last answered for; undefined before it asked. */
  #servedUserId: string | null | undefined
  #naming: AbortController | null = null
  /** The page asks again when objects came that have no name yet. */
  readonly #namedSalts = new Set<string>()

  constructor(target: ProTarget, around: ProSurroundings) {
    this.#target = target
    this.#around = around
    const { page, account } = around
    const ends = [
      page.onMessage((message) => void this.#hear(message)),
      page.onVisibility((visible) => this.#relay({ ...V, type: 'visibility', visible })),
      account.changed.listen(() => this.#lookAtAccount()),
    ]
    page.closed.addEventListener('abort', () => {
      this.#naming?.abort()
      for (const end of ends) end.dispose()
    })
  }

  /** Says anew how the cluster is. */
  announce(): void {
    const notice = standingNotice(this.#around.cluster(), this.#around.isGone())
    const button = notice?.mend ? this.#around.mend.words(notice.mend) : null
    this.#around.page.post({ ...V, type: 'notice', notice: notice && { text: notice.text, button } })
  }

  async #hear(message: FromOuter): Promise<void> {
    switch (message.type) {
      case 'ready':
        return this.announce()
      case 'mend':
        return this.#mend()
      case 'relay':
        return this.#hearPage(message.message)
    }
  }

  async #hearPage(message: PageMessage): Promise<void> {
    switch (message.type) {
      case 'hello':
        this.#relay({ ...V, type: 'visibility', visible: this.#around.page.visible })
        return this.#relay(await this.#codeFor(message.challenge))
      case 'names-wanted':
        return this.#giveNames(message.saltId)
      case 'open-link':
        return this.#around.openLink(message.url)
      case 'sign-in':
        return void (await this.#around.account.signIn())
      case 'key':
        return undefined
    }
  }

  async #codeFor(challenge: string): Promise<HostMessage> {
    const { teamId, clusterId } = this.#target
    const { account } = this.#around
    try {
      const { code } = await account.server.issueWebviewCode({ teamId, clusterId, challenge })
      return { ...V, type: 'code', code, challenge, teamId, clusterId }
    } catch (error) {
      return { ...V, type: 'failed', ...failureOf(error) }
    } finally {
      this.#servedUserId = account.current?.userId ?? null
    }
  }

  /** One search at a time: a later wish ends an earlier one. */
  async #giveNames(saltId: string): Promise<void> {
    this.#naming?.abort()
    const naming = new AbortController()
    this.#naming = naming
    const cluster = this.#around.cluster()
    if (cluster === null)
      return this.#relay({ ...V, type: 'names-refused', saltId, refusal: { reason: 'unreachable' } })
    const isAgain = this.#namedSalts.has(saltId)
    this.#namedSalts.add(saltId)
    for await (const answer of findNames(cluster, { saltId, isAgain, signal: naming.signal })) {
      if (naming.signal.aborted) return
      if (answer.kind === 'names') this.#relay({ ...V, type: 'names', saltId, names: answer.names, done: false })
      else return this.#relay({ ...V, type: 'names-refused', saltId, refusal: answer.refusal })
    }
    if (!naming.signal.aborted) this.#relay({ ...V, type: 'names', saltId, names: {}, done: true })
  }

  #mend(): void {
    const cluster = this.#around.cluster()
    const mend = standingNotice(cluster, this.#around.isGone())?.mend
    if (mend) this.#around.mend.run(mend, cluster)
  }

  /** Whoever is signed in now sees their own page, or is asked to sign in. */
  #lookAtAccount(): void {
    const userId = this.#around.account.current?.userId ?? null
    if (this.#servedUserId === undefined || userId === this.#servedUserId) return
    this.#servedUserId = userId
    this.#around.page.post({ ...V, type: 'reload' })
  }

  #relay(message: HostMessage): void {
    this.#around.page.post({ ...V, type: 'relay', message })
  }
}

function failureOf(error: unknown): { message: string; action: 'sign-in' | 'retry' | 'none' } {
  if (error instanceof SignedOutError) return { message: 'You are not signed in to kube9.', action: 'sign-in' }
  const isFinal = error instanceof ServerError && error.fault === 'refused'
  return { message: serverErrorText(error).slice(0, 500), action: isFinal ? 'none' : 'retry' }
}
