import { createServerClient } from './create-server-client.ts'
import type { ServerClient } from './server-client.ts'
import { SessionFolder } from './session-folder.ts'
import { SessionStore } from './session-store.ts'
import type { Secrets } from './session-store.ts'
import { createTokenEndpoint } from './token-endpoint.ts'
import type { Grant, TokenEndpoint } from './token-endpoint.ts'
import { TokenKeeper } from './token-keeper.ts'

/** What a sign-in at one server stands on. */
export interface AccountCore {
  readonly store: SessionStore
  readonly endpoint: TokenEndpoint
  readonly keeper: TokenKeeper
  readonly client: ServerClient
}

export interface AccountCoreParts {
  serverUrl: string
  secrets: Secrets
  secretsAreShared: boolean
  folderPath: string
  onEnded: () => void
  now?: () => number
}

/** Makes no request and reads nothing yet. */
export function createAccountCore(parts: AccountCoreParts): AccountCore {
  const { serverUrl, secrets, secretsAreShared, folderPath, onEnded, now = Date.now } = parts
  const store = new SessionStore({ secrets, secretsAreShared, folder: new SessionFolder(folderPath), serverUrl })
  const endpoint = createTokenEndpoint(serverUrl)
  const keeper = new TokenKeeper({ store, endpoint, onEnded, now })
  return { store, endpoint, keeper, client: createServerClient(serverUrl, keeper) }
}

/** Changes what the portal gave into a sign-in. When the account cannot be read, the new tokens are ended again. */
export async function signInWith(grant: Grant, serverUrl: string, core: AccountCore): Promise<void> {
  const tokens = await core.endpoint.exchange(grant)
  const fresh = {
    accessToken: () => Promise.resolve(tokens.accessToken),
    tokenAfter: () => Promise.resolve(tokens.accessToken),
  }
  try {
    const account = await createServerClient(serverUrl, fresh).readAccount()
    const { family } = await core.store.begin(tokens.refreshToken, account)
    core.keeper.adopt(family, tokens)
  } catch (error) {
    await core.endpoint.revoke(tokens.refreshToken).catch(() => undefined)
    throw error
  }
}

/** Ends the sign-in here in any case. False: the server could not be told, so its list still names this editor. */
export async function signOutOf(core: AccountCore): Promise<boolean> {
  const session = await core.store.read()
  if (session === null) return true
  const told = await core.endpoint.revoke(session.refreshToken).then(
    () => true,
    () => false,
  )
  await core.store.end(session.family)
  core.keeper.forget()
  return told
}
