import { execFile } from 'node:child_process'
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase } from '#test/database/create-test-database.ts'
import type { TestDatabase } from '#test/database/create-test-database.ts'

const repository = fileURLToPath(new URL('../..', import.meta.url))
const run = promisify(execFile)

let database: TestDatabase
let emptyUrl: string
let folder: string

beforeAll(async () => {
  database = await createTestDatabase()
  await query(database.ownerUrl, `CREATE DATABASE ${database.name}_by_prisma`)
  emptyUrl = `${database.ownerUrl}_by_prisma`
  folder = mkdtempSync(join(tmpdir(), 'kube9-prisma-'))
  mkdirSync(join(folder, 'scripts'))
  for (const path of ['node_modules', 'package.json', 'scripts/prisma'])
    symlinkSync(join(repository, path), join(folder, path))
  copyFileSync(join(repository, 'prisma.config.ts'), join(folder, 'prisma.config.ts'))
  cpSync(join(repository, 'prisma'), join(folder, 'prisma'), { recursive: true })
})

afterAll(async () => {
  await query(database.ownerUrl, `DROP DATABASE IF EXISTS ${database.name}_by_prisma WITH (FORCE)`)
  await database.drop()
  rmSync(folder, { recursive: true, force: true })
})

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows
  } finally {
    await client.end()
  }
}

/** Runs the Prisma CLI with no way to its download server. */
async function prisma(url: string, ...args: string[]): Promise<string> {
  const cli = join(repository, 'node_modules/prisma/build/index.js')
  const env = { ...process.env, DATABASE_OWNER_URL: url, PRISMA_ENGINES_MIRROR: 'http://127.0.0.1:9' }
  const { stdout } = await run(process.execPath, [cli, ...args], { cwd: folder, env })
  return stdout
}

const LEDGER =
  'SELECT migration_name, checksum, applied_steps_count, logs, rolled_back_at FROM _prisma_migrations ORDER BY 1'
// Partitions are named after days, and midnight may lie between the two databases.
const SHAPE = `SELECT table_schema, table_name, column_name, data_type, is_nullable, column_default
  FROM information_schema.columns WHERE table_schema IN ('public', 'ts') AND table_name !~ '_[0-9]{8}$' ORDER BY 1, 2, 3`

describe('the schema engine that needs no download', () => {
  test('finds nothing to do in a database that the migration runner made', async () => {
    expect(await prisma(database.ownerUrl, 'migrate', 'status')).toContain('Database schema is up to date')
    expect(await prisma(database.ownerUrl, 'migrate', 'deploy')).toContain('No pending migrations to apply')
  })

  test('migrates an empty database to the same tables and the same ledger as the runner', async () => {
    expect(await prisma(emptyUrl, 'migrate', 'deploy')).toContain('All migrations have been successfully applied')
    expect(await query(emptyUrl, LEDGER)).toEqual(await query(database.ownerUrl, LEDGER))
    expect(await query(emptyUrl, SHAPE)).toEqual(await query(database.ownerUrl, SHAPE))
  })

  test('writes the migration that a changed schema needs, with a shadow database that is gone afterwards', async () => {
    writeFileSync(join(folder, 'prisma/schema/probe.prisma'), 'model Probe {\n  id String @id\n}\n')
    await prisma(emptyUrl, 'migrate', 'dev', '--create-only', '--name', 'add_probe')
    const made = readdirSync(join(folder, 'prisma/migrations')).filter((name) => name.endsWith('_add_probe'))
    expect(made).toHaveLength(1)
    expect(
      await query(emptyUrl, "SELECT datname FROM pg_database WHERE datname LIKE 'prisma_migrate_shadow%'"),
    ).toEqual([])
    expect(await query(emptyUrl, `SELECT to_regclass('"Probe"') AS probe`)).toEqual([{ probe: null }])
  })

  test('says that a database cannot be reached', async () => {
    await expect(prisma('postgresql://nobody:x@127.0.0.1:9/none', 'migrate', 'status')).rejects.toThrow(/P1001|reach/)
  })
})
