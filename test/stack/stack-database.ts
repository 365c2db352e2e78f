import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate } from '#server/platform/migrate.ts'
import { ensureDatabase } from '#scripts/postgres/ensure-database.ts'
import { freePort } from '#scripts/postgres/free-port.ts'
import { startPostgres } from '#scripts/postgres/start-postgres.ts'
import type { PostgresServer } from '#scripts/postgres/start-postgres.ts'

const NAME = 'kube9'

/** A PostgreSQL of this stack alone, migrated, which tests may stop and start again on the same port. */
export class StackDatabase {
  readonly ownerUrl: string
  readonly appUrl: string
  readonly #folder: string
  readonly #port: number
  readonly #password: string
  #server: PostgresServer | undefined

  private constructor(folder: string, port: number) {
    this.#folder = folder
    this.#port = port
    this.#password = randomBytes(12).toString('hex')
    const url = (role: string) => `postgresql://${role}:${this.#password}@127.0.0.1:${port}/${NAME}`
    this.ownerUrl = url('kube9_owner')
    this.appUrl = url('kube9_app')
  }

  static async create(): Promise<StackDatabase> {
    const folder = mkdtempSync(join(tmpdir(), 'kube9-stack-postgres-'))
    chmodSync(folder, 0o755)
    const database = new StackDatabase(folder, await freePort())
    await database.start()
    await ensureDatabase(database.#superuserUrl(), NAME, { owner: database.#password, app: database.#password })
    await migrate({ ownerUrl: database.ownerUrl })
    return database
  }

  async start(): Promise<void> {
    this.#server = await startPostgres({
      dataDir: join(this.#folder, 'data'),
      logFile: join(this.#folder, 'postgres.log'),
      password: this.#password,
      port: this.#port,
      durable: false,
      endsWithParent: true,
    })
  }

  async stop(): Promise<void> {
    await this.#server?.stop()
  }

  async remove(): Promise<void> {
    await this.stop()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  #superuserUrl(): string {
    if (!this.#server) throw new Error('The stack’s PostgreSQL is not started.')
    return this.#server.superuserUrl()
  }
}
