import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import type { TestProjectConfiguration } from 'vitest/config'

const path = (file: string) => fileURLToPath(new URL(file, import.meta.url))

/** What spans programs: its files run one after another, since each has the machine's two cores full. */
function spanning(name: string, testTimeoutMs: number): TestProjectConfiguration {
  return {
    extends: true,
    test: {
      name,
      include: [`test/${name}/**/*.test.ts`],
      fileParallelism: false,
      testTimeout: testTimeoutMs,
      hookTimeout: 180_000,
    },
  }
}

export default defineConfig({
  test: {
    globalSetup: [path('test/database/global-setup.ts')],
    reporters: ['default', path('scripts/test/summary-reporter.ts')],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            '{app,bench,charts,contract,operator,scripts,server}/**/*.test.{ts,tsx}',
            'test/{charts,database,docs,stack,stripe}/**/*.test.ts',
          ],
        },
      },
      spanning('start', 120_000),
      spanning('e2e', 60_000),
      spanning('cluster', 180_000),
      spanning('fault', 240_000),
      spanning('journey', 300_000),
    ],
  },
})
