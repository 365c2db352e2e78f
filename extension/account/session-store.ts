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

const token = z.string().regex(/^[A-Za-z0-9_-]{43}$/)
const rotatingSchema = z.object({ refreshToken: token, sequence: z.int().nonnegative() })
const secretSchema = rotatingSchema.extend({
  v: z.literal(1),
  /** Names this sign-in among others; says nothing of its tokens. */
  family: z.string().regex(/^[0-9a-f]{32}$/),
  sealKey: token,
  account: accountSchema,
})
type Stored = z.infer<typeof secretSchema>

/** A sign-in as it lies in the editor. Of two copies the one with the greater sequence is the newer. */
export type Session = { family: string; refreshToken: string; sequence: number; account: Account }

/**
 * The sign-in of this editor at one server: in the SecretStorage, and its newest token, sealed with a key from there, in a folder too (see
 * `SessionFolder`). Each look is a new one; nothing is remembered here.
 */
export class SessionStore {
  readonly #secrets: Secrets
  readonly #folder: SessionFolder
  /** Where the sign-in lies. One for each server: a token never goes to another one. */
  readonly key: string

  constructor({ secrets, folder, serverUrl }: { secrets: Secrets; folder: SessionFolder; serverUrl: string }) {
    this.#secrets = secrets
    this.#folder = folder
    this.key = `kube9.sign-in ${serverUrl}`
  }

  async read(): Promise<Session | null> {
    const stored = await this.#newest()
    return stored && sessionOf(stored)
  }

  async begin(refreshToken: string, account: Account): Promise<Session> {
    const family = randomBytes(16).toString('hex')
    const stored: Stored = { v: 1, family, sealKey: generateSealKey(), refreshToken, sequence: 0, account }
    await this.#write(stored)
    await this.#folder.removeOld().catch(() => undefined)
    return sessionOf(stored)
  }

  /** Keeps the successor of a session's token, unless the sign-in was ended meanwhile. */
  async rotate(session: Session, refreshToken: string): Promise<void> {
    const stored = await this.#newest()
    if (stored?.family !== session.family) return
    const sequence = Math.max(stored.sequence, session.sequence) + 1
    await this.#write({ ...stored, refreshToken, sequence })
  }

  /** Keeps what the server said of the account, so that the next start knows it without asking. */
  async keepAccount(family: string, account: Account): Promise<void> {
    const stored = await this.#newest()
    if (stored?.family !== family || JSON.stringify(stored.account) === JSON.stringify(account)) return
    await this.#secrets.store(this.key, JSON.stringify({ ...stored, account } satisfies Stored))
  }

  /** Other windows learn of it too, also those whose copy of the secret stays. */
  async end(family: string): Promise<void> {
    await this.#folder.writeEnded(family).catch(() => undefined)
    const stored = await this.#secret()
    if (stored === null || stored.family === family) await this.#secrets.delete(this.key)
  }

  exclusively<T>(work: () => Promise<T>): Promise<T> {
    return this.#folder.exclusively(work)
  }

  async #write(stored: Stored): Promise<void> {
    const { refreshToken, sequence } = stored
    const sealed = seal(JSON.stringify({ refreshToken, sequence }), stored.sealKey)
    // Without the folder, such as on a full disk, the SecretStorage alone has to do.
    await this.#folder.write(stored.family, sealed).catch(() => undefined)
    await this.#secrets.store(this.key, JSON.stringify(stored))
  }

  async #newest(): Promise<Stored | null> {
    const stored = await this.#secret()
    if (stored === null) return null
    const shared = await this.#folder.read(stored.family)
    if (shared.kind === 'ended') return null
    const newer = shared.kind === 'sealed' ? parsed(rotatingSchema, unseal(shared.text, stored.sealKey)) : null
    return newer !== null && newer.sequence > stored.sequence ? { ...stored, ...newer } : stored
  }

  async #secret(): Promise<Stored | null> {
    return parsed(secretSchema, (await this.#secrets.get(this.key)) ?? null)
  }
}

function sessionOf({ family, refreshToken, sequence, account }: Stored): Session {
  return { family, refreshToken, sequence, account }
}

/** Null for what this version did not write. */
function parsed<T>(schema: z.ZodType<T>, text: string | null): T | null {
  if (text === null) return null
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
