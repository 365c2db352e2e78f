import pg from 'pg'
import { connectionSettings, runStatement } from './connection.ts'

export async function canConnect(url: string): Promise<void> {
  await runStatement(connectionSettings(url), 'SELECT 1')
}

/** Creates the database that the URL names, and gives back its name. */
export async function createDatabase(url: string): Promise<string> {
  return maintain(url, (name) => `CREATE DATABASE ${name}`)
}

export async function dropDatabase(url: string): Promise<string> {
  return maintain(url, (name) => `DROP DATABASE IF EXISTS ${name}`)
}

async function maintain(url: string, statement: (quotedName: string) => string): Promise<string> {
  const { database = '' } = connectionSettings(url)
  const sql = statement(pg.escapeIdentifier(database))
  try {
    await runStatement(connectionSettings(url, 'postgres'), sql)
  } catch (error) {
    // 3D000: a server may lack the database `postgres`; `template1` is always there.
    if ((error as { code?: string }).code !== '3D000') throw error
    await runStatement(connectionSettings(url, 'template1'), sql)
  }
  return database
}

/** An error of the driver under the code that the Prisma CLI knows it by. */
export function describeFailure(error: unknown): { error_code: string; message: string } {
  const { code = 'P1010' } = error as { code?: string }
  const message = error instanceof Error && error.message !== '' ? error.message : code
  if (code === '3D000') return { error_code: 'P1003', message }
  if (code === '28P01') return { error_code: 'P1000', message }
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND') {
    return { error_code: 'P1001', message: `The database server cannot be reached: ${message}` }
  }
  return { error_code: code, message }
}
