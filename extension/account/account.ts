import type { Account } from '#contract/extension-api.ts'
import type { Change } from '../change.ts'
import type { ServerClient } from './server-client.ts'

/** How the browser comes back: to the editor's own address, to a port of this machine, or not at all, with a code to paste. */
export type SignInWay = 'editor' | 'port' | 'code'

/** The signed-in account of this editor, or none. Nothing here prompts but `signIn`. */
export interface EditorAccount {
  /** Null when nobody is signed in, or before the first look. */
  readonly current: Account | null
  readonly changed: Pick<Change, 'listen'>
  /** Resolves once the sign-in that lies in the editor was read, which asks nobody. Never rejects. */
  ready(): Promise<void>
  /** Asks the person to sign in when nobody is; one at a time, and asked again it opens the page again. False when they did not. */
  signIn(way?: SignInWay): Promise<boolean>
  signOut(): Promise<void>
  /** Calls with the account's token, refreshed first when it is about to end. Throws `SignedOutError` without one. */
  readonly server: ServerClient
}

/** Nobody is signed in, or the server ended the sign-in. */
export class SignedOutError extends Error {
  override readonly name = 'SignedOutError'
}
