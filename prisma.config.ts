import { fileURLToPath } from 'node:url'
import { defineConfig } from 'prisma/config'

// The CLI would download its engine and ask a server for news; both fail without the internet.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= fileURLToPath(new URL('scripts/prisma/schema-engine', import.meta.url))
process.env.CHECKPOINT_DISABLE ??= '1'

const url = process.env.DATABASE_OWNER_URL ?? process.env.DATABASE_URL

export default defineConfig({
  schema: 'prisma/schema',
  migrations: { path: 'prisma/migrations' },
  ...(url === undefined ? {} : { datasource: { url } }),
})
