import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { accountSchema } from '#contract/extension-api.ts'
import type { Account } from '#contract/extension-api.ts'
import { generateSealKey, seal, unseal } from './seal.ts'
import type { SessionFolder } from './session-folder.ts'

/** The editor's SecretStorage, as far as it is needed. */
export interface Secrets {
  get(key: string): Thenable<string | undefined>
  store(key: string, value: string): Thenable<void>
  delete(key: string): Thenable<void>
}

const SEAL_KEY = 'kube9.seal'

const token = z.string().regex(/^[A-Za-z0-9_-]{43}$/)
const sessionSchema = z.object({
  v: z.literal(1),
  /** Names this sign-in among others; says nothing of its tokens. */
  family: z.string().regex(/^[0-9a-f]{32}$/),
  beganAt: z.int().nonnegative(),
  refreshToken: token,
  sequence: z.int().nonnegative(),
  account: accountSchema,
})

/** A sign-in as it lies in the editor. Of its copies the one with the greatest sequence is the newest. */
export type Session = z.infer<typeof sessionSchema>

interface SessionPlaces {
  secrets: Secrets
  /**
   * Whether all windows have the same secrets, as on the desktop, where those of a remote machine have a folder of their own.
   * In a browser each tab may keep secrets of its own, and the folder is what tabs share.
   */
  secretsAreShared: boolean
  folder: SessionFolder
  serverUrl: string
}

/**
 * The sign-in of this editor at one server: in the SecretStorage, and sealed with a key from there in a folder too (see `SessionFolder`).
 * Each look is a new one; nothing is remembered here.
 */
export class SessionStore {
  readonly #secrets: Secrets
  readonly #secretsAreShared: boolean
  readonly #folder: SessionFolder
  readonly #serverUrl: string
  /** Where the sign-in lies. One for each server: a token never goes to another one. */
  readonly key: string

  constructor({ secrets, secretsAreShared, folder, serverUrl }: SessionPlaces) {
    this.#secrets = secrets
    this.#secretsAreShared = secretsAreShared
    this.#folder = folder
    this.#serverUrl = serverUrl
    this.key = `kube9.sign-in ${serverUrl}`
  }

  /**
   * Makes the key that seals the folder. Where each window keeps secrets of its own, those that are opened later need it before anybody
   * signs in.
   */
  async prepare(): Promise<void> {
    await this.#sealKey(true)
  }

  async read(): Promise<Session | null> {
    const secret = await this.#inSecrets()
    const sealed = await this.#inFolder()
    // Shared secrets say which sign-in it is, or that there is none: another one in this machine's folder was ended elsewhere.
    const isOver = this.#secretsAreShared && sealed?.family !== secret?.family
    let newest: Session | null = null
    for (const copy of isOver ? [secret] : [secret, sealed]) {
      if (copy === null || (await this.#folder.hasEnded(copy.family))) continue
      if (newest === null || isNewer(copy, newest)) newest = copy
    }
    return newest
  }

  async begin(refreshToken: string, account: Account): Promise<Session> {
    const family = randomBytes(16).toString('hex')
    const session: Session = { v: 1, family, beganAt: Date.now(), refreshToken, sequence: 0, account }
    await this.#sealKey(true)
    await this.#write(session)
    await this.#folder.removeOld().catch(() => undefined)
    return session
  }

  /** Keeps the successor of a session's token, unless the sign-in was ended meanwhile. */
  async rotate({ family }: Session, refreshToken: string): Promise<void> {
    const latest = await this.read()
    if (latest?.family === family) await this.#write({ ...latest, refreshToken, sequence: latest.sequence + 1 })
  }

  /** Keeps what the server said of the account, so that the next start knows it without asking. */
  async keepAccount(family: string, account: Account): Promise<void> {
    await this.exclusively(async () => {
      const latest = await this.read()
      if (latest?.family !== family || JSON.stringify(latest.account) === JSON.stringify(account)) return
      await this.#write({ ...latest, account, sequence: latest.sequence + 1 })
    })
  }

  /** Other windows learn of it too, also those whose copy of the secret stays. */
  async end(family: string): Promise<void> {
    await this.#folder.writeEnded(family).catch(() => undefined)
    const secret = await this.#inSecrets()
    if (secret === null || secret.family === family) await this.#secrets.delete(this.key)
  }

  /** Whether the SecretStorage holds nothing, which says that a window with the same secrets signed out. */
  async isGone(): Promise<boolean> {
    return (await this.#secrets.get(this.key)) === undefined
  }

  exclusively<T>(work: () => Promise<T>): Promise<T> {
    return this.#folder.exclusively(work)
  }

  async #write(session: Session): Promise<void> {
    const text = JSON.stringify(session)
    const sealKey = await this.#sealKey(false)
    // Without the folder, such as on a full disk, the SecretStorage alone has to do.
    if (sealKey !== null) await this.#folder.write(this.#serverUrl, seal(text, sealKey)).catch(() => undefined)
    await this.#secrets.store(this.key, text)
  }

  async #inSecrets(): Promise<Session | null> {
    return sessionIn((await this.#secrets.get(this.key)) ?? null)
  }

  async #inFolder(): Promise<Session | null> {
    const sealed = await this.#folder.read(this.#serverUrl)
    const sealKey = sealed === null ? null : await this.#sealKey(false)
    return sealed === null || sealKey === null ? null : sessionIn(unseal(sealed, sealKey))
  }

  async #sealKey(make: boolean): Promise<string | null> {
    const known = token.safeParse(await this.#secrets.get(SEAL_KEY)).data
    if (known !== undefined) return known
    if (!make) return null
    const made = generateSealKey()
    await this.#secrets.store(SEAL_KEY, made)
    return made
  }
}

function isNewer(one: Session, other: Session): boolean {
  if (one.family === other.family) return one.sequence > other.sequence
  return one.beganAt > other.beganAt
}

/** Null for what this version did not write. */
function sessionIn(text: string | null): Session | null {
  if (text === null) return null
  try {
    return sessionSchema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
