/** What the files of one room may import. Specifiers are gitignore-like globs, without the leading backslash before `#`. */
export interface ImportRow {
  files: string[]
  /** Whose values and types may be imported. The row's own folder (`./`) always may. */
  values: string[]
  /** Whose types alone may be imported. */
  types?: string[]
  /** Which npm packages and Node modules may be imported: all but those with a home elsewhere, or exactly these. */
  packages: 'all' | string[]
  /** What stays refused although `values` or `packages` would admit it. */
  never?: string[]
}

/** Packages that have one home, so that they can be replaced there. */
const NEXT = ['next', 'next/**']
const REACT = ['react', 'react/**', 'react-dom', 'react-dom/**', '@base-ui/**', 'lucide-react']
const AUTH = ['next-auth', 'next-auth/**', '@auth/**']
const OUTSIDE = ['fastify', 'pg', '@prisma/**', 'stripe', 'nodemailer', 'smtp-server', 'mailparser', 'pino']
const KUBERNETES = ['@kubernetes/**']

const PURE = ['node:*', 'node:*/**', 'semver', 'yaml', 'zod', 'zod/**']
const TOP_ROOMS = ['app', 'bench', 'contract', 'extension', 'operator', 'scripts', 'server', 'test'].map(
  (room) => `../**/${room}/**`,
)
const SERVER_ROOMS = ['auth', 'core', 'domain', 'emails', 'jobs', 'platform', 'trpc', 'ui'].map(
  (room) => `../**/${room}/**`,
)

const CONTRACT = '#contract/**'
const ROUTER_TYPES = '#contract/router-types.ts'
const CORE = '#server/core/**'
const PLATFORM = '#server/platform/**'
const DOMAIN = '#server/domain/*/index.ts'
const DOMAIN_SERVERS = ['#server/domain/**', CORE, CONTRACT, PLATFORM, '#server/auth/**']

/**
 * Who may import whom, as ARCHITECTURE.md states it: oxlint.config.ts turns each row into a `no-restricted-imports`, and of
 * two rows that name a file the later one counts. Tests may import what they test.
 */
export const importTable: ImportRow[] = [
  { files: ['contract/**'], values: [CONTRACT], packages: ['zod', 'zod/**'] },
  { files: ['contract/router-types.ts'], values: [CONTRACT], types: ['#server/trpc/*-router.ts'], packages: [] },

  {
    files: ['server/*.ts'],
    values: ['#server/**', CONTRACT],
    packages: 'all',
    never: [...NEXT, ...REACT, ...AUTH, ...KUBERNETES],
  },
  {
    files: ['server/portal.ts'],
    values: ['#server/**', CONTRACT],
    packages: 'all',
    never: [...REACT, ...AUTH, ...KUBERNETES],
  },
  { files: ['server/core/**'], values: [CORE, CONTRACT], types: [PLATFORM], packages: PURE },
  {
    files: ['server/platform/**'],
    values: [PLATFORM, CONTRACT, '../*.ts'],
    types: [CORE],
    packages: 'all',
    never: [...NEXT, ...REACT, ...AUTH, ...KUBERNETES],
  },
  { files: ['server/domain/**'], values: [DOMAIN, '../*/index.ts', CORE, CONTRACT, PLATFORM], packages: PURE },
  { files: ['server/emails/**'], values: ['#server/emails/**', CORE, CONTRACT], packages: PURE },
  {
    files: ['server/auth/**'],
    values: ['#server/auth/**', ...DOMAIN_SERVERS],
    packages: 'all',
    never: [...REACT, ...OUTSIDE, ...KUBERNETES],
  },
  ...['trpc', 'http', 'jobs'].map((room) => ({
    files: [`server/${room}/**`],
    values: [`#server/${room}/**`, '../**', ...DOMAIN_SERVERS],
    packages: 'all' as const,
    never: [...SERVER_ROOMS.filter((glob) => glob !== `../**/${room}/**`), ...NEXT, ...REACT, ...AUTH, ...KUBERNETES],
  })),
  {
    files: ['server/jobs/write-mail.ts'],
    values: ['#server/emails/*.ts', '#server/domain/mail/index.ts'],
    packages: [],
  },
  {
    files: ['server/ui/**'],
    values: [CONTRACT, '../**'],
    types: [ROUTER_TYPES],
    packages: 'all',
    never: [...TOP_ROOMS, ...SERVER_ROOMS, ...NEXT, ...AUTH, ...OUTSIDE, ...KUBERNETES],
  },
  {
    files: ['extension/**'],
    values: [CONTRACT, '../**'],
    types: [ROUTER_TYPES],
    packages: 'all',
    never: [...TOP_ROOMS, ...NEXT, ...AUTH, ...OUTSIDE],
  },
  {
    files: ['operator/**'],
    values: ['#operator/**', CONTRACT, '../**'],
    types: [ROUTER_TYPES],
    packages: 'all',
    never: [...TOP_ROOMS, ...NEXT, ...REACT, ...AUTH, ...OUTSIDE],
  },

  {
    files: ['app/**'],
    values: ['#app/**', '../**', '#server/auth/**', '#server/trpc/**'],
    types: [CONTRACT],
    packages: 'all',
    never: [...TOP_ROOMS, ...AUTH, ...OUTSIDE, ...KUBERNETES],
  },
  {
    files: ['app/**/{page,route}.{ts,tsx}'],
    values: ['#app/**', '../**', '#server/auth/**', '#server/trpc/**', '#server/http/portal-events.ts'],
    types: [CONTRACT],
    packages: 'all',
    never: ['../**/_ui/**', '#app/_ui/**', ...TOP_ROOMS, ...AUTH, ...OUTSIDE, ...KUBERNETES],
  },
  {
    files: ['app/_features/**'],
    values: ['#app/_features/**', '#app/_ui/**', '#app/_lib/**', '../**', CONTRACT],
    types: [ROUTER_TYPES],
    packages: 'all',
    never: [...TOP_ROOMS, ...AUTH, ...OUTSIDE, ...KUBERNETES],
  },
  {
    files: ['app/_lib/**'],
    values: ['#app/_lib/**', CONTRACT],
    types: [ROUTER_TYPES],
    packages: 'all',
    never: [...AUTH, ...OUTSIDE, ...KUBERNETES],
  },
  {
    files: ['app/_ui/**'],
    values: ['#app/_ui/**', '#app/_lib/**', '../_lib/**', '#contract/glyph.ts'],
    packages: 'all',
    never: [...AUTH, ...OUTSIDE, ...KUBERNETES],
  },
]
