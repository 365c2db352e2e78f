import { CancellationTokenSource, ProgressLocation, Uri, commands, env, window } from 'vscode'
import { EXTENSION_AUTHORITY, EXTENSION_CALLBACK_PATH, PASTE_REDIRECT } from '#contract/extension-api.ts'
import type { SignInWay } from './account.ts'
import { showInformation } from '../messages.ts'
import { openAddress } from '../open-address.ts'
import { listenOnLoopback } from './loopback-listener.ts'
import type { LoopbackListener } from './loopback-listener.ts'
import { AttemptEndedError, SignInAttempt } from './sign-in-attempt.ts'
import type { AttemptEnd } from './sign-in-attempt.ts'
import type { Grant } from './token-endpoint.ts'

const CODE_FORM = /^[A-Za-z0-9_-]{43}$/

const WAITING =
  'Answer in your browser. It does not come back? [Use a port of this machine](command:kube9.signInByPort) or [paste the code](command:kube9.signInByCode).'

/** The sign-in that runs. */
export interface RunningSignIn {
  readonly attempt: SignInAttempt
  /** Opens the page again, for whoever has lost it, or with another way back. */
  open(way: SignInWay): Promise<void>
}

export interface SignInRequest {
  portalUrl: string
  way: SignInWay
  /** Hears of the sign-in while it runs, so that callbacks and commands find it. */
  begun: (running: RunningSignIn) => void
}

/** Leads through the portal's consent page. Null: the person gave up, refused, or was too slow, and has been told so. */
export async function askToSignIn({ portalUrl, way, begun }: SignInRequest): Promise<Grant | null> {
  const attempt = new SignInAttempt()
  const ways = new Ways(attempt, portalUrl)
  begun({ attempt, open: (other) => ways.open(other) })
  const options = { location: ProgressLocation.Notification, title: 'Signing in to kube9', cancellable: true }
  try {
    return await window.withProgress(options, (progress, token) => {
      progress.report({ message: WAITING })
      token.onCancellationRequested(() => attempt.end('cancelled'))
      // An editor may never say whether it opened a page, and a person may be quicker by another way.
      return Promise.race([attempt.answer, ways.open(way).then(() => attempt.answer)])
    })
  } catch (error) {
    if (!(error instanceof AttemptEndedError)) throw error
    void tell(error.end)
    return null
  } finally {
    ways.close()
  }
}

/** The ways back from the consent page. Each opens it anew, since a code is bound to its way. */
class Ways {
  readonly attempt: SignInAttempt
  readonly #portalUrl: string
  #listener: LoopbackListener | null = null

  constructor(attempt: SignInAttempt, portalUrl: string) {
    this.attempt = attempt
    this.#portalUrl = portalUrl
  }

  async open(way: SignInWay): Promise<void> {
    if (way === 'editor') return this.#byEditor()
    return way === 'port' ? this.#byPort() : this.#byCode()
  }

  /** The editor's own address; where it has none, a port. */
  async #byEditor(): Promise<void> {
    const address = Uri.parse(`${env.uriScheme}://${EXTENSION_AUTHORITY}${EXTENSION_CALLBACK_PATH}`)
    const external = await env.asExternalUri(address).then(
      (uri) => uri.toString(true),
      () => null,
    )
    if (external === null) await this.#byPort()
    else await this.#open(external)
  }

  async #byPort(): Promise<void> {
    this.#listener ??= await listenOnLoopback((query) => this.attempt.receive(query))
    await this.#open(this.#listener.redirectUri)
  }

  async #byCode(): Promise<void> {
    await this.#open(PASTE_REDIRECT)
    const over = new CancellationTokenSource()
    const close = () => over.cancel()
    this.attempt.answer.then(close, close)
    const options = {
      title: 'Sign in to kube9',
      prompt: 'Paste the code that the page shows. It works once, for a minute.',
      placeHolder: 'Code',
      password: true,
      ignoreFocusOut: true,
      validateInput: (value: string) =>
        value === '' || CODE_FORM.test(value.trim()) ? null : 'A code has 43 characters. Copy it again.',
    }
    const text = await window.showInputBox(options, over.token)
    if (text) this.attempt.paste(text)
  }

  close(): void {
    this.#listener?.close()
  }

  async #open(redirectUri: string): Promise<void> {
    if (!this.attempt.isOpen) return
    const url = this.attempt.connectUrl({ portalUrl: this.#portalUrl, redirectUri, editor: editorName() })
    await openAddress(url)
  }
}

/** What the portal's list calls this editor. Neither the machine's name nor the person's is in it. */
function editorName(): string {
  // Such as `wsl` or `ssh-remote`; where VS Code is a web site, it is that site's address.
  const kind = /^[a-z-]+$/.exec(env.remoteName ?? '')?.[0]
  return kind === undefined ? env.appName : `${env.appName} (${kind})`
}

/** Says how it ended, where the person may not know, and offers another attempt: who signed up meanwhile comes back to it. */
async function tell(end: AttemptEnd): Promise<void> {
  const texts: Record<AttemptEnd, string | null> = {
    cancelled: null,
    denied: 'The sign-in to kube9 was refused in the browser. Nothing was connected.',
    expired: 'The sign-in to kube9 was not finished within two minutes. Begin again when you are ready.',
  }
  const text = texts[end]
  if (text === null) return
  const chosen = await showInformation(text, 'Sign in')
  if (chosen) await commands.executeCommand('kube9.signIn')
}
