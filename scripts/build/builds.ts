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
