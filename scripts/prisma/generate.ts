import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const repository = fileURLToPath(new URL('../..', import.meta.url))
const stamp = join(repository, 'server/platform/prisma/generated/.stamp')

/** Writes the Prisma client from `prisma/schema` when the schema or Prisma changed since. True when it had to. */
export function generatePrismaClient(): boolean {
  const wanted = fingerprint()
  if (readStamp() === wanted) return false
  const cli = join(repository, 'node_modules/prisma/build/index.js')
  const run = spawnSync(process.execPath, [cli, 'generate'], { cwd: repository, encoding: 'utf8' })
  if (run.status !== 0) throw new Error(`Prisma could not generate its client: ${run.stderr || run.stdout}`)
  writeFileSync(stamp, wanted)
  return true
}

function fingerprint(): string {
  const hash = createHash('sha256')
  const files = globSync('prisma/schema/**/*.prisma', { cwd: repository }).sort()
  for (const file of [...files, 'prisma.config.ts', 'node_modules/prisma/package.json']) {
    hash.update(`${file}\n`).update(readFileSync(join(repository, file)))
  }
  return hash.digest('hex')
}

function readStamp(): string | undefined {
  try {
    return readFileSync(stamp, 'utf8')
  } catch {
    return undefined
  }
}
