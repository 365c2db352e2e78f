import { z } from 'zod'
import type { TestDatabaseAddress } from './test-databases.ts'

export interface TestDatabase extends TestDatabaseAddress {
  /** Removes it, with whatever is still connected. Call it in `afterAll`. */
  drop: () => Promise<void>
}

const addressSchema = z.object({ name: z.string(), ownerUrl: z.string(), appUrl: z.string() })

/**
 * A fresh migrated database on the real PostgreSQL of this test run, for one test file (`beforeAll`). It takes about
 * 50 ms; the first one of a run also starts the server.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const address = addressSchema.parse(await ask('POST', ''))
  return { ...address, drop: async () => void (await ask('DELETE', address.name)) }
}

async function ask(method: string, name: string): Promise<unknown> {
  const base = process.env.KUBE9_TEST_DATABASES
  if (base === undefined)
    throw new Error('createTestDatabase works in a vitest run only (globalSetup: test/database/global-setup.ts).')
  const res = await fetch(`${base}/${name}`, { method })
  if (!res.ok) throw new Error(`The test run's PostgreSQL gave no database: ${await res.text()}`)
  return res.json()
}
