import pg from 'pg'

/**
 * A connection string as separate settings: pg lets a connection string win over a `database` beside it, which would make
 * the shadow database the real one.
 */
export function connectionSettings(url: string, database?: string): pg.ClientConfig {
  const parsed = new URL(url)
  return {
    host: parsed.searchParams.get('host') ?? parsed.hostname,
    port: parsed.port === '' ? 5432 : Number(parsed.port),
    user: decodeURIComponent(parsed.username),
    password: decodeURIComponent(parsed.password),
    database: database ?? decodeURIComponent(parsed.pathname.slice(1)),
  }
}

export async function runStatement(settings: pg.ClientConfig, sql: string): Promise<void> {
  const client = new pg.Client(settings)
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
