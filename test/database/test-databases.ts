import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { migrate } from '#server/platform/migrate.ts'
import { migrationsFolder } from '#server/platform/read-migrations.ts'
import { ensureDatabase } from '#scripts/postgres/ensure-database.ts'
import { startPostgres } from '#scripts/postgres/start-postgres.ts'
import type { PostgresServer } from '#scripts/postgres/start-postgres.ts'

export interface TestDatabaseAddress {
  name: string
  /** As the role kube9_owner. */
  ownerUrl: string
  /** As the role kube9_app, which the programs run as. */
  appUrl: string
}

const TEMPLATE = 'kube9_template'
const PASSWORD = randomBytes(12).toString('hex')

/** One PostgreSQL of its own for a test run, on a free port; its databases are copies of one migrated template. */
export class TestDatabases {
  readonly #folder: string
  readonly #server: PostgresServer
  #lastCopy: Promise<unknown> = Promise.resolve()
  #count = 0

  private constructor(folder: string, server: PostgresServer) {
    this.#folder = folder
    this.#server = server
  }

  static async start(): Promise<TestDatabases> {
    const folder = mkdtempSync(join(tmpdir(), 'kube9-test-postgres-'))
    chmodSync(folder, 0o755)
    const server = await startPostgres({
      dataDir: join(folder, 'data'),
      logFile: join(folder, 'postgres.log'),
      password: PASSWORD,
      durable: false,
      endsWithParent: true,
    })
    const databases = new TestDatabases(folder, server)
    await ensureDatabase(server.superuserUrl(), TEMPLATE, { owner: PASSWORD, app: PASSWORD })
    if (existsSync(migrationsFolder)) await migrate({ ownerUrl: databases.#address(TEMPLATE).ownerUrl })
    return databases
  }

  /** A fresh migrated database. One copy at a time: PostgreSQL refuses a template that another copy holds. */
  create(): Promise<TestDatabaseAddress> {
    const name = `test_${++this.#count}`
    const copy = this.#lastCopy.then(() => this.#run(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE} OWNER kube9_owner`))
    this.#lastCopy = copy.catch(() => undefined)
    return copy.then(() => this.#address(name))
  }

  /** Removes a database together with whatever is still connected to it. */
  async drop(name: string): Promise<void> {
    if (!/^test_\d+$/.test(name)) throw new Error(`${name} is no test database.`)
    await this.#run(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
  }

  async stop(): Promise<void> {
    await this.#server.stop()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  #address(name: string): TestDatabaseAddress {
    const url = (role: string) => `postgresql://${role}:${PASSWORD}@127.0.0.1:${this.#server.port}/${name}`
    return { name, ownerUrl: url('kube9_owner'), appUrl: url('kube9_app') }
  }

  async #run(sql: string): Promise<void> {
    const client = new pg.Client({ connectionString: this.#server.superuserUrl() })
    await client.connect()
    try {
      await client.query(sql)
    } finally {
      await client.end()
    }
  }
}
