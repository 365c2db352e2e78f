import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createTestDatabase } from '#test/database/create-test-database.ts'
import type { TestDatabase } from '#test/database/create-test-database.ts'
import { migrate } from './migrate.ts'
import { waitForSchema } from './wait-for-schema.ts'

let database: TestDatabase
let emptyName: string
let ownerUrl: string
let appUrl: string
let migrationsFolder: string

beforeEach(async () => {
  database = await createTestDatabase()
  emptyName = `${database.name}_empty`
  await query(database.ownerUrl, `CREATE DATABASE ${emptyName}`)
  ownerUrl = `${database.ownerUrl}_empty`
  appUrl = `${database.appUrl}_empty`
  migrationsFolder = mkdtempSync(join(tmpdir(), 'kube9-migrations-'))
})

afterEach(async () => {
  await query(database.ownerUrl, `DROP DATABASE ${emptyName} WITH (FORCE)`)
  await database.drop()
  rmSync(migrationsFolder, { recursive: true })
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

function write(name: string, sql: string): void {
  mkdirSync(join(migrationsFolder, name), { recursive: true })
  writeFileSync(join(migrationsFolder, name, 'migration.sql'), sql)
}

const FIRST = '20260101000000_first'
const SECOND = '20260102000000_second'

describe('migrate', () => {
  test('applies what is new in the order of names, and nothing twice', async () => {
    write(SECOND, 'ALTER TABLE fruit ADD COLUMN name text')
    write(FIRST, 'CREATE TABLE fruit (id int); DO $$ BEGIN PERFORM 1; END $$; INSERT INTO fruit VALUES (1)')
    expect(await migrate({ ownerUrl, migrationsFolder })).toEqual([FIRST, SECOND])
    expect(await migrate({ ownerUrl, migrationsFolder })).toEqual([])
    expect(await query(ownerUrl, 'SELECT * FROM fruit')).toEqual([{ id: 1, name: null }])
  })

  test('lets the second of two processes wait, so that each migration runs once', async () => {
    write(FIRST, 'SELECT pg_sleep(0.3); CREATE TABLE fruit (id int)')
    const [one, other] = await Promise.all([
      migrate({ ownerUrl, migrationsFolder }),
      migrate({ ownerUrl, migrationsFolder }),
    ])
    expect([...one, ...other]).toEqual([FIRST])
  })

  test('leaves nothing behind when the database refuses a migration, and applies it once it is mended', async () => {
    write(FIRST, 'CREATE TABLE fruit (id int); CREATE TABLE fruit (id int)')
    await expect(migrate({ ownerUrl, migrationsFolder })).rejects.toThrow(
      /20260101000000_first was refused.*already exists/,
    )
    write(FIRST, 'CREATE TABLE fruit (id int)')
    expect(await migrate({ ownerUrl, migrationsFolder })).toEqual([FIRST])
  })

  test('refuses a migration that was changed after it was applied', async () => {
    write(FIRST, 'CREATE TABLE fruit (id int)')
    await migrate({ ownerUrl, migrationsFolder })
    write(FIRST, 'CREATE TABLE fruit (id bigint)')
    await expect(migrate({ ownerUrl, migrationsFolder })).rejects.toThrow(/changed after it was applied/)
  })

  test('refuses a database that a newer release migrated', async () => {
    write(FIRST, 'CREATE TABLE fruit (id int)')
    await migrate({ ownerUrl, migrationsFolder })
    rmSync(join(migrationsFolder, FIRST), { recursive: true })
    await expect(migrate({ ownerUrl, migrationsFolder })).rejects.toThrow(/does not know/)
  })

  test("refuses a database in which Prisma's own CLI began a migration and did not finish", async () => {
    write(FIRST, 'CREATE TABLE fruit (id int)')
    await migrate({ ownerUrl, migrationsFolder })
    await query(ownerUrl, 'UPDATE _prisma_migrations SET finished_at = NULL')
    await expect(migrate({ ownerUrl, migrationsFolder })).rejects.toThrow(/never finished/)
  })
})

describe('waitForSchema', () => {
  test('lets the role that runs wait until another process has migrated', async () => {
    write(FIRST, 'CREATE TABLE fruit (id int)')
    let done = false
    const waiting = waitForSchema({ url: appUrl, timeoutMs: 10_000, migrationsFolder }).then(() => (done = true))
    await expect(waitForSchema({ url: appUrl, timeoutMs: 100, migrationsFolder })).rejects.toThrow(
      /never been migrated/,
    )
    expect(done).toBe(false)
    await migrate({ ownerUrl, migrationsFolder })
    await waiting
    expect(done).toBe(true)
  })

  test('gives up with the reason when the database cannot be reached', async () => {
    write(FIRST, 'SELECT 1')
    const url = 'postgresql://kube9_app:x@127.0.0.1:9/kube9'
    await expect(waitForSchema({ url, timeoutMs: 100, migrationsFolder })).rejects.toThrow(/ECONNREFUSED/)
  })
})
