import type { Step } from './run-step.ts'

// `scripts` holds test and bench too: one program reads what they import only once.
const programs = ['server', 'scripts', 'operator', 'app', 'extension', 'contract']

/** What the fast gate checks; none of it needs a database. The slowest come first, so that they overlap. */
export const steps: Step[] = [
  { name: 'lint: types, accessibility, imports', command: ['oxlint', '--quiet'] },
  { name: 'dead code', command: ['knip', '--no-progress'] },
  ...programs.map((name): Step => ({
    name: `types: ${name}`,
    command: ['tsc', '-p', name === 'app' ? 'tsconfig.json' : `${name}/tsconfig.json`],
  })),
  { name: 'format', command: ['oxfmt', '--check'] },
]
