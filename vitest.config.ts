import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import type { TestProjectConfiguration } from 'vitest/config'

const path = (file: string) => fileURLToPath(new URL(file, import.meta.url))

const spanningSuites = ['start', 'e2e', 'cluster', 'fault', 'journey', 'editor']

/** What spans programs: its files run one after another, since each has the machine's two cores full. */
function spanning(name: string): TestProjectConfiguration {
  return {
    extends: true,
    test: {
      name,
      include: [`test/${name}/**/*.test.ts`],
      fileParallelism: false,
      testTimeout: 300_000,
      hookTimeout: 180_000,
    },
  }
}

export default defineConfig({
  // The extension's manifest is a package of its own, which has no way to name rooms beside it.
  resolve: { alias: [{ find: /^#contract\//, replacement: path('contract/') }] },
  test: {
    globalSetup: [path('test/database/global-setup.ts')],
    reporters: ['default', path('scripts/test/summary-reporter.ts')],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Of vitest's own second a busy machine may be somewhere else all the time.
    expect: { poll: { timeout: 20_000 } },
    setupFiles: [path('test/stack/patient-wait-for.ts')],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{app,bench,charts,contract,extension,operator,scripts,server,test}/**/*.test.{ts,tsx}'],
          exclude: [`test/{${spanningSuites.join(',')}}/**`],
        },
      },
      ...spanningSuites.map(spanning),
    ],
  },
})
