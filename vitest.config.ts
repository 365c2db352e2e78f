import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    globalSetup: [fileURLToPath(new URL('test/database/global-setup.ts', import.meta.url))],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{app,bench,contract,operator,scripts,server,test/database}/**/*.test.{ts,tsx}'],
        },
      },
    ],
  },
})
