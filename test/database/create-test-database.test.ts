import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { createTestDatabase } from './create-test-database.ts'

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql)
    return rows.map((row) => Object.values(row)[0])
  } finally {
    await client.end()
  }
}

describe('createTestDatabase', () => {
  test('gives each caller a database of its own, reached as the two roles of the product', async () => {
    const [one, other] = await Promise.all([createTestDatabase(), createTestDatabase()])
    await ask(one.ownerUrl, 'CREATE TABLE only_here (id int)')
    expect(await ask(one.ownerUrl, 'SELECT current_user')).toEqual(['kube9_owner'])
    expect(await ask(other.appUrl, 'SELECT current_user')).toEqual(['kube9_app'])
    expect(await ask(other.ownerUrl, "SELECT to_regclass('only_here')")).toEqual([null])
    await Promise.all([one.drop(), other.drop()])
    await expect(ask(one.appUrl, 'SELECT 1')).rejects.toThrow(/does not exist/)
  })
})
