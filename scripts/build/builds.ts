import type { Build } from './build-when-stale.ts'

const SHARED = ['contract/**/*', 'package-lock.json', 'tsconfig.base.json']

/** What has to be built before it runs; everything else runs as it stands. */
export const builds = {
  charts: {
    name: 'charts',
    inputs: ['charts/**/*', 'scripts/build/charts.ts', 'scripts/build/charts/**/*'],
    output: 'dist/charts/index.yaml',
    command: ['scripts/build/charts.ts'],
  },
  operator: {
    name: 'operator',
    inputs: [...SHARED, 'operator/**/*', 'scripts/build/operator.ts', 'scripts/build/operator/**/*'],
    output: 'dist/operator/rootfs/app/kube9-operator.mjs',
    command: ['scripts/build/operator.ts'],
  },
  ui: {
    name: 'Pro web UI',
    inputs: [...SHARED, 'server/ui/**/*'],
    output: 'dist/ui/index.html',
    command: ['node_modules/vite/bin/vite.js', 'build', '--config', 'server/ui/vite.config.ts'],
    // Tests build what is stale, and their own mode would bring React's slow one.
    env: { NODE_ENV: 'production' },
  },
  extension: {
    name: 'extension',
    inputs: [
      ...SHARED,
      'extension/**/*',
      'LICENSE',
      'scripts/build/extension.ts',
      'scripts/build/extension/**/*',
      'scripts/build/operator/*.ts',
    ],
    output: 'dist/extension/kube9-vscode.vsix',
    command: ['scripts/build/extension.ts'],
  },
  portal: {
    name: 'portal',
    inputs: [
      ...SHARED,
      'app/**/*',
      'server/**/*',
      'public/**/*',
      'tsconfig.json',
      'next.config.ts',
      'postcss.config.mjs',
    ],
    output: '.next/BUILD_ID',
    command: ['node_modules/next/dist/bin/next', 'build'],
    env: { NEXT_TELEMETRY_DISABLED: '1' },
  },
} satisfies Record<string, Build>

export type BuildName = keyof typeof builds
