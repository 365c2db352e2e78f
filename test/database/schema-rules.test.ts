import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { askDatabase } from './ask-database.ts'
import { createTestDatabase } from './create-test-database.ts'
import type { TestDatabase } from './create-test-database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

const read = (sql: string) => askDatabase(database.ownerUrl, sql)
const asApp = (sql: string) => askDatabase(database.appUrl, sql)

/** Tables of the product, without partitions and without Prisma's ledger. */
const tables = `SELECT c.oid, n.nspname || '.' || c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname IN ('public', 'ts') AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> '_prisma_migrations'`

/** What belongs to no team: people, their sessions, and the machinery. A new table without team_id must be named here. */
const notOfATeam = [
  'public.connected_editors',
  'public.editor_access_tokens',
  'public.editor_codes',
  'public.editor_refresh_tokens',
  'public.identities',
  'public.magic_links',
  'public.mail_tokens',
  'public.outgoing_mail',
  'public.rate_limits',
  'public.sessions',
  'public.signing_keys',
  'public.teams',
  'public.users',
]

describe('the schema', () => {
  test('has team_id, never null and first in the primary key, in every table of a tenant', async () => {
    const rows = await read(`
      SELECT t.name, a.attnotnull AS required, i.indkey[0] = a.attnum AS leads FROM (${tables}) t
      LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attname = 'team_id' AND NOT a.attisdropped
      LEFT JOIN pg_index i ON i.indrelid = t.oid AND i.indisprimary ORDER BY t.name`)
    const wrong = rows.filter((row) => row.required !== true || row.leads !== true).map((row) => row.name)
    expect(wrong).toEqual(notOfATeam)
    expect(rows.length - wrong.length).toBeGreaterThanOrEqual(7)
  })

  test('lets no row point into another team', async () => {
    const keys = await read(`
      SELECT k.conrelid::regclass::text || '.' || k.conname AS name FROM pg_constraint k
      JOIN pg_attribute own ON own.attrelid = k.conrelid AND own.attname = 'team_id'
      JOIN pg_attribute target ON target.attrelid = k.confrelid AND target.attname = 'team_id'
      WHERE k.contype = 'f' AND NOT EXISTS (
        SELECT FROM generate_subscripts(k.conkey, 1) AS at WHERE k.conkey[at] = own.attnum AND k.confkey[at] = target.attnum)`)
    expect(keys).toEqual([])
  })

  test('keeps every time as timestamptz with milliseconds', async () => {
    const columns = await read(`
      SELECT table_schema || '.' || table_name || '.' || column_name AS name FROM information_schema.columns
      WHERE table_schema IN ('public', 'ts') AND table_name <> '_prisma_migrations' AND (data_type LIKE 'timestamp%' OR data_type LIKE 'time %' OR data_type = 'date')
      AND NOT (data_type = 'timestamp with time zone' AND datetime_precision = 3)`)
    expect(columns).toEqual([])
  })

  test('keeps ids as UUID where they are ids of ours', async () => {
    const columns = await read(`
      SELECT table_name || '.' || column_name AS name FROM information_schema.columns
      WHERE table_schema = 'public' AND column_name IN ('id', 'team_id', 'user_id') AND table_name <> '_prisma_migrations' AND udt_name <> 'uuid'`)
    expect(columns).toEqual([])
  })

  test('has partitions of samples for yesterday, today and two weeks to come, and a receipt that is not partitioned', async () => {
    const rows = await read(`
      SELECT inhparent::regclass::text AS parent, count(*) >= 16 AS enough FROM pg_inherits
      WHERE inhparent IN ('ts.collections'::regclass, 'ts.heartbeats'::regclass) GROUP BY inhparent ORDER BY parent`)
    expect(rows).toEqual([
      { parent: 'ts.collections', enough: true },
      { parent: 'ts.heartbeats', enough: true },
    ])
    expect(await read(`SELECT relkind::text FROM pg_class WHERE relname = 'collection_receipts'`)).toEqual([
      { relkind: 'r' },
    ])
  })
})

describe('the role that runs', () => {
  test('may add to the audit log and read it, and neither change nor delete', async () => {
    await expect(asApp('SELECT count(*) FROM audit_log')).resolves.toHaveLength(1)
    for (const statement of [`UPDATE audit_log SET action = 'x'`, 'DELETE FROM audit_log', 'TRUNCATE audit_log']) {
      await expect(asApp(statement)).rejects.toThrow(/permission denied/)
    }
  })

  test('may not change the schema, nor the samples that came', async () => {
    for (const statement of [
      'CREATE TABLE public.mine (id int)',
      'ALTER TABLE teams ADD COLUMN mine int',
      'DROP TABLE teams',
      `UPDATE ts.collections SET type = 'x'`,
      'DELETE FROM ts.collections',
      `UPDATE ts.heartbeats SET health = 'x'`,
      'DELETE FROM ts.heartbeats',
      `UPDATE cluster_events SET kind = 'x'`,
    ]) {
      await expect(asApp(statement)).rejects.toThrow(/permission denied|must be owner/)
    }
  })

  test('can make partitions through the one function for it', async () => {
    await expect(asApp('SELECT ts.ensure_partitions(15)')).resolves.toHaveLength(1)
  })
  test('can drop partitions of samples that are over, and no younger ones, through the one function for it', async () => {
    for (const [name, day] of [
      ['heartbeats_20200101', '2020-01-01'],
      ['collections_20200101', '2020-01-01'],
    ] as const) {
      await read(
        `CREATE TABLE ts.${name} PARTITION OF ts.${name.split('_')[0]} FOR VALUES FROM ('${day}T00:00:00Z') TO ('${day}T12:00:00Z')`,
      )
    }
    const partitions = () =>
      read(`SELECT inhrelid FROM pg_inherits JOIN pg_class c ON c.oid = inhrelid WHERE c.relkind = 'r'`)
    const before = (await partitions()).length
    await expect(asApp('DROP TABLE ts.heartbeats_20200101')).rejects.toThrow(/must be owner/)
    await expect(asApp('SELECT ts.drop_partitions(7)')).rejects.toThrow(/at least 8 days/)
    expect(await asApp('SELECT ts.drop_partitions(14) AS dropped')).toEqual([{ dropped: 2 }])
    expect(await asApp('SELECT ts.drop_partitions(8) AS dropped')).toEqual([{ dropped: 0 }])
    expect(await partitions()).toHaveLength(before - 2)
  })
})
