import pg from 'pg'
import { StartFailure } from './failure.ts'
import type { ProductDatabase } from './embedded-database.ts'

const OLDEST_VERSION = 150_000
const NEEDED = ['KEY_PEPPERS', 'AUTH_SECRET', 'SIGNING_SECRET']

/**
 * Throws StartFailure when the secrets that belong to the user's own database are not given: made-up ones would orphan
 * every key in it.
 */
export function requireGivenSecrets(): undefined {
  const missing = NEEDED.filter((name) => !process.env[name])
  if (missing.length === 0) return
  throw new StartFailure(
    `DATABASE_URL is set, and ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not: give the secrets that belong to this database (new ones: openssl rand -base64 32), or unset DATABASE_URL.`,
  )
}

/** The PostgreSQL that DATABASE_URL names, checked. Throws StartFailure with the way out when it cannot be used. */
export async function openGivenDatabase(url: string, ownerUrl: string | undefined): Promise<ProductDatabase> {
  await check('DATABASE_URL', url)
  if (ownerUrl) await check('DATABASE_OWNER_URL', ownerUrl)
  return { url, ownerUrl: ownerUrl || url, stop: () => Promise.resolve() }
}

async function check(variable: string, url: string): Promise<void> {
  const { host, name } = parse(variable, url)
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ server_version_num: string }>('SHOW server_version_num')
    if (Number(rows[0]?.server_version_num) >= OLDEST_VERSION) return
  } catch (error) {
    throw new StartFailure(`${variable}: ${explain(error, host, name)}`, { cause: error })
  } finally {
    await client.end().catch(() => undefined)
  }
  throw new StartFailure(`${variable}: the PostgreSQL at ${host} is older than 15. Give a newer one, or unset it.`)
}

function parse(variable: string, url: string): { host: string; name: string } {
  const parsed = URL.parse(url)
  if (!parsed || !/^postgres(ql)?:$/.test(parsed.protocol)) {
    throw new StartFailure(
      `${variable} is not a PostgreSQL address. Give postgresql://user:password@host:5432/name, or unset it.`,
    )
  }
  return { host: parsed.host, name: decodeURIComponent(parsed.pathname.slice(1)) }
}

function explain(error: unknown, host: string, name: string): string {
  const { code, message } = error as { code?: string; message?: string }
  if (code === '3D000')
    return `there is no database "${name}" at ${host}. Create it (CREATE DATABASE "${name}"), or name another.`
  if (code === '28P01' || code === '28000') return `${host} refuses this user or password. Mend them in the address.`
  return `nothing usable answers at ${host} (${code ?? message ?? 'no reason given'}). Start that PostgreSQL, mend the address, or unset it to use the embedded one.`
}
