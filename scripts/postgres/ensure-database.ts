import pg from 'pg'

export interface DatabasePasswords {
  owner: string
  app: string
}

/**
 * Makes the two roles (kube9_owner migrates, kube9_app runs) and a database that the owner owns, where they are missing,
 * and sets the given passwords.
 */
export async function ensureDatabase(superuserUrl: string, name: string, passwords: DatabasePasswords): Promise<void> {
  const client = new pg.Client({ connectionString: superuserUrl })
  await client.connect()
  try {
    await ensureRole(client, 'kube9_owner', passwords.owner, 'CREATEDB')
    await ensureRole(client, 'kube9_app', passwords.app, 'NOCREATEDB')
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
    if (found.rowCount === 0) {
      await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)} OWNER kube9_owner`)
    }
  } finally {
    await client.end()
  }
}

async function ensureRole(client: pg.Client, role: string, password: string, right: string): Promise<void> {
  const found = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role])
  const verb = found.rowCount === 0 ? 'CREATE' : 'ALTER'
  await client.query(`${verb} ROLE ${role} LOGIN ${right} PASSWORD ${client.escapeLiteral(password)}`)
}
