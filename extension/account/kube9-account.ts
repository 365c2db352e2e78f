import { mkdirSync, watch } from 'node:fs'
import { EventEmitter, UIKind, authentication, commands, env, window, workspace } from 'vscode'
import type {
  AuthenticationProvider,
  AuthenticationProviderAuthenticationSessionsChangeEvent,
  AuthenticationSession,
  Disposable,
  ExtensionContext,
  LogOutputChannel,
  Uri,
  UriHandler,
} from 'vscode'
import type { Account } from '#contract/extension-api.ts'
import { Change } from '../change.ts'
import { showError, showInformation, showWarning } from '../messages.ts'
import { openAddress } from '../open-address.ts'
import type { Settings } from '../settings.ts'
import type { EditorAccount, SignInWay } from './account.ts'
import type { AccountCore } from './account-core.ts'
import type { RunningSignIn } from './ask-to-sign-in.ts'
import type { ServerClient } from './server-client.ts'

/** As in the contract, which would be too much to load at the start. */
const CALLBACK_PATH = '/auth'
const SETTLE_MS = 100

export interface AccountParts {
  context: Pick<ExtensionContext, 'secrets' | 'globalStorageUri'>
  settings: Settings
  log: LogOutputChannel
}

/**
 * The account of this editor, to VS Code an authentication provider. What it stands on is loaded at its first use, and its tokens are handed to
 * nobody: a session of the provider carries none.
 */
export class Kube9Account implements EditorAccount, AuthenticationProvider, UriHandler {
  readonly changed = new Change()
  readonly server: ServerClient
  readonly #sessions = new EventEmitter<AuthenticationProviderAuthenticationSessionsChangeEvent>()
  readonly onDidChangeSessions = this.#sessions.event
  readonly #parts: AccountParts
  #core: { serverUrl: string; loaded: Promise<AccountCore> } | null = null
  #current: { family: string; account: Account } | null = null
  #running: RunningSignIn | null = null
  #signingIn: Promise<boolean> | null = null
  #ready: Promise<void> | null = null

  constructor(parts: AccountParts) {
    this.#parts = parts
    this.server = this.#lazyClient()
  }

  get current(): Account | null {
    return this.#current?.account ?? null
  }

  /** Makes it known to the editor, and hears of what other windows do. */
  register(): Disposable[] {
    const { secrets, globalStorageUri } = this.#parts.context
    const reload = () => void this.reload()
    return [
      authentication.registerAuthenticationProvider('kube9', 'kube9', this, { supportsMultipleAccounts: false }),
      window.registerUriHandler(this),
      secrets.onDidChange(({ key }) => key.startsWith('kube9.sign-in ') && void this.#hearOfSecret(key)),
      workspace.onDidChangeConfiguration((event) => event.affectsConfiguration('kube9.serverUrl') && reload()),
      watchFolder(globalStorageUri.fsPath, reload),
      this.#sessions,
    ]
  }

  ready(): Promise<void> {
    return (this.#ready ??= this.#begin().catch(() => undefined))
  }

  async #begin(): Promise<void> {
    // A browser tab keeps secrets of its own. Elsewhere nobody's keyring is touched before they sign in.
    if (env.uiKind === UIKind.Web) await (await this.#loadCore()).store.prepare()
    await this.reload()
  }

  /** Reads the sign-in as it lies in the editor; asks nobody. */
  async reload(): Promise<void> {
    const { store } = await this.#loadCore()
    const session = await store.read()
    this.#become(session && { family: session.family, account: session.account })
  }

  async getSessions(): Promise<AuthenticationSession[]> {
    await this.ready()
    await this.reload()
    return this.#current ? [sessionOf(this.#current)] : []
  }

  async createSession(): Promise<AuthenticationSession> {
    if ((await this.signIn()) && this.#current) return sessionOf(this.#current)
    throw new Error('The sign-in to kube9 was not finished.')
  }

  async removeSession(): Promise<void> {
    await this.signOut()
  }

  signIn(way: SignInWay = 'editor'): Promise<boolean> {
    void this.#running?.open(way)
    this.#signingIn ??= this.#signInOnce(way).finally(() => {
      this.#signingIn = null
      this.#running = null
    })
    return this.#signingIn
  }

  async signOut(): Promise<void> {
    const { signOutOf } = await import('./account-core.ts')
    const { serverUrl, portalUrl } = this.#parts.settings
    const told = await signOutOf(await this.#loadCore())
    this.#become(null)
    if (told) return void window.setStatusBarMessage('Signed out of kube9.', 5_000)
    const text = `You are signed out here, but ${new URL(serverUrl).host} could not be told. The portal lists this editor until you end it there.`
    const chosen = await showWarning(text, 'Open portal')
    if (chosen) await openAddress(portalUrl)
  }

  /** A callback of the browser. Each window hears it, so one that this window does not know is not worth a word. */
  handleUri(uri: Uri): void {
    if (uri.path === CALLBACK_PATH) this.#running?.attempt.receive(new URLSearchParams(uri.query))
  }

  async #signInOnce(way: SignInWay): Promise<boolean> {
    await this.reload()
    if (this.#current) return true
    const { serverUrl, portalUrl } = this.#parts.settings
    const [{ askToSignIn }, { signInWith }] = await Promise.all([
      import('./ask-to-sign-in.ts'),
      import('./account-core.ts'),
    ])
    try {
      const grant = await askToSignIn({ portalUrl, way, begun: (running) => (this.#running = running) })
      if (grant === null) return false
      await signInWith(grant, serverUrl, await this.#loadCore())
      await this.reload()
      void window.setStatusBarMessage(`Signed in to kube9 as ${this.current?.email ?? 'you'}.`, 5_000)
      return this.#current !== null
    } catch (error) {
      await this.#tellFailure(error)
      return false
    }
  }

  /** Another window has changed what lies in the SecretStorage, where all windows share one. */
  async #hearOfSecret(key: string): Promise<void> {
    const { store } = await this.#loadCore()
    const family = this.#current?.family
    if (store.key === key && family !== undefined && (await store.isGone())) await store.end(family)
    await this.reload()
  }

  async #tellFailure(error: unknown): Promise<void> {
    const { serverErrorText } = await import('./server-error.ts')
    const text = serverErrorText(error)
    this.#parts.log.error(`The sign-in failed: ${text}`)
    void showError(`The sign-in to kube9 failed. ${text}`)
  }

  #loadCore(): Promise<AccountCore> {
    const { context, settings } = this.#parts
    const { serverUrl } = settings
    if (this.#core?.serverUrl !== serverUrl) {
      const loaded = import('./account-core.ts').then(({ createAccountCore }) =>
        createAccountCore({
          serverUrl,
          secrets: context.secrets,
          secretsAreShared: env.uiKind === UIKind.Desktop,
          folderPath: context.globalStorageUri.fsPath,
          onEnded: () => this.#ended(),
        }),
      )
      this.#core = { serverUrl, loaded }
    }
    return this.#core.loaded
  }

  /** The server ended the sign-in, or another window did: said once, quietly. */
  #ended(): void {
    if (this.#current === null) return
    this.#become(null)
    this.#parts.log.info('The sign-in has ended.')
    const message = showInformation('You are no longer signed in to kube9.', 'Sign in')
    void message.then((chosen) => (chosen ? this.signIn() : undefined))
  }

  #become(next: { family: string; account: Account } | null): void {
    const last = this.#current
    if (JSON.stringify(last) === JSON.stringify(next)) return
    this.#current = next
    this.#sessions.fire({
      added: next && last?.family !== next.family ? [sessionOf(next)] : [],
      removed: last && last.family !== next?.family ? [sessionOf(last)] : [],
      changed: next && last?.family === next.family ? [sessionOf(next)] : [],
    })
    void commands.executeCommand('setContext', 'kube9.signedIn', next !== null)
    this.changed.fire()
  }

  #lazyClient(): ServerClient {
    const client = async () => (await this.#loadCore()).client
    return {
      readAccount: async () => {
        const account = await (await client()).readAccount()
        await this.#keep(account)
        return account
      },
      readStanding: async (reference) => (await client()).readStanding(reference),
      createInstallationKey: async (input) => (await client()).createInstallationKey(input),
      issueWebviewCode: async (input) => (await client()).issueWebviewCode(input),
    }
  }

  async #keep(account: Account): Promise<void> {
    const { store } = await this.#loadCore()
    const session = await store.read()
    if (session === null || session.account.userId !== account.userId) return
    await store.keepAccount(session.family, account)
    this.#become({ family: session.family, account })
  }
}

function sessionOf({ family, account }: { family: string; account: Account }): AuthenticationSession {
  return { id: family, accessToken: '', account: { id: account.userId, label: account.email }, scopes: [] }
}

/** Calls back a little after each change of a sign-in in the folder. Where nothing can be watched, the next call notices. */
function watchFolder(path: string, changed: () => void): Disposable {
  let timer: NodeJS.Timeout | undefined
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
    const watcher = watch(path, { persistent: false }, (_event, name) => {
      if (!name?.startsWith('sign')) return
      clearTimeout(timer)
      timer = setTimeout(changed, SETTLE_MS)
    }).on('error', () => watcher.close())
    return { dispose: () => watcher.close() }
  } catch {
    return { dispose: () => undefined }
  }
}
