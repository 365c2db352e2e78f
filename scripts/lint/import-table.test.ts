import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'

type Verdict = 'value' | 'type only' | 'refused'

// Written by hand from ARCHITECTURE.md, not derived from import-table.ts: what it says is checked against what oxlint does.
const expectations: [file: string, specifier: string, verdict: Verdict][] = [
  ['contract/plans.ts', 'zod', 'value'],
  ['contract/plans.ts', './errors.ts', 'value'],
  ['contract/plans.ts', 'semver', 'refused'],
  ['contract/plans.ts', 'node:fs', 'refused'],
  ['contract/plans.ts', '#server/core/errors.ts', 'refused'],
  ['contract/plans.ts', '../server/core/errors.ts', 'refused'],
  ['contract/router-types.ts', '#server/trpc/operator-router.ts', 'type only'],
  ['contract/router-types.ts', '#server/trpc/init.ts', 'refused'],
  ['contract/router-types.ts', '#server/http/server.ts', 'refused'],

  ['server/core/audit.ts', '#contract/errors.ts', 'value'],
  ['server/core/audit.ts', './context.ts', 'value'],
  ['server/core/audit.ts', '#server/platform/database.ts', 'type only'],
  ['server/core/audit.ts', '../platform/database.ts', 'refused'],
  ['server/core/audit.ts', '#server/domain/teams/index.ts', 'refused'],
  ['server/core/audit.ts', 'fastify', 'refused'],
  ['server/platform/mailer.ts', 'nodemailer', 'value'],
  ['server/platform/mailer.ts', '#contract/plans.ts', 'value'],
  ['server/platform/mailer.ts', '#server/core/errors.ts', 'type only'],
  ['server/platform/mailer.ts', '#server/domain/teams/index.ts', 'refused'],
  ['server/platform/mailer.ts', 'react', 'refused'],
  ['server/domain/teams/create-team.ts', '#server/core/context.ts', 'value'],
  ['server/domain/teams/create-team.ts', '#server/platform/database.ts', 'value'],
  ['server/domain/teams/create-team.ts', '#contract/plans.ts', 'value'],
  ['server/domain/teams/create-team.ts', '#server/domain/audit/index.ts', 'value'],
  ['server/domain/teams/create-team.ts', './name-team.ts', 'value'],
  ['server/domain/teams/create-team.ts', '#server/domain/audit/write.ts', 'refused'],
  ['server/domain/teams/create-team.ts', '../audit/write.ts', 'refused'],
  ['server/domain/teams/create-team.ts', '#server/trpc/init.ts', 'refused'],
  ['server/domain/teams/create-team.ts', '@trpc/server', 'refused'],
  ['server/domain/teams/create-team.ts', 'pg', 'refused'],
  ...['trpc', 'http', 'jobs'].flatMap((room): [string, string, Verdict][] => [
    [`server/${room}/a.ts`, '#server/domain/teams/index.ts', 'value'],
    [`server/${room}/a.ts`, '#server/core/context.ts', 'value'],
    [`server/${room}/a.ts`, '#server/platform/database.ts', 'value'],
    [`server/${room}/a.ts`, '#server/auth/session.ts', 'value'],
    [`server/${room}/a.ts`, '#contract/errors.ts', 'value'],
    [`server/${room}/a.ts`, './b.ts', 'value'],
    [`server/${room}/a.ts`, room === 'http' ? '#server/jobs/b.ts' : '#server/http/b.ts', 'refused'],
    [`server/${room}/a.ts`, '#app/_lib/b.ts', 'refused'],
    [`server/${room}/a.ts`, 'next/server', 'refused'],
    [`server/${room}/a.ts`, 'next-auth', 'refused'],
    [`server/${room}/a.ts`, '#test/stripe/b.ts', 'refused'],
  ]),
  ['server/auth/options.ts', 'next-auth', 'value'],
  ['server/auth/options.ts', '#server/trpc/init.ts', 'refused'],
  ['server/portal.ts', 'next', 'value'],
  ['server/api.ts', 'next', 'refused'],
  ['server/api.ts', '#app/_lib/format.ts', 'refused'],

  ...['app/(dashboard)/[team]/clusters/page.tsx', 'app/api/trpc/[trpc]/route.ts'].flatMap(
    (file): [string, string, Verdict][] => [
      [file, '#app/_features/clusters/list.tsx', 'value'],
      [file, '../../../../_features/clusters/list.tsx', 'value'],
      [file, '#app/_lib/format.ts', 'value'],
      [file, '#server/auth/session.ts', 'value'],
      [file, '#server/trpc/caller.ts', 'value'],
      [file, '#contract/plans.ts', 'type only'],
      [file, '#app/_ui/button.tsx', 'refused'],
      [file, '../../../../_ui/button.tsx', 'refused'],
      [file, '#server/domain/clusters/index.ts', 'refused'],
      [file, '#server/platform/database.ts', 'refused'],
      [file, '../../../../../server/platform/database.ts', 'refused'],
      [file, '#operator/config.ts', 'refused'],
      [file, 'next-auth', 'refused'],
      [file, '@prisma/client', 'refused'],
    ],
  ),
  ['app/_features/clusters/list.tsx', '#app/_ui/button.tsx', 'value'],
  ['app/_features/clusters/list.tsx', '../../_lib/format.ts', 'value'],
  ['app/_features/clusters/list.tsx', '#contract/plans.ts', 'value'],
  ['app/_features/clusters/list.tsx', '#contract/router-types.ts', 'type only'],
  ['app/_features/clusters/list.tsx', '#server/trpc/portal-router.ts', 'refused'],
  ['app/_features/clusters/list.tsx', '#server/auth/session.ts', 'refused'],
  ['app/_ui/button.tsx', '#app/_features/clusters/list.tsx', 'refused'],
  ['app/_ui/button.tsx', '#contract/plans.ts', 'refused'],
  ['app/_ui/button.tsx', '#server/trpc/caller.ts', 'refused'],

  ...['operator/main.ts', 'extension/extension.ts', 'server/ui/main.ts'].flatMap(
    (file): [string, string, Verdict][] => [
      [file, '#contract/operator-api.ts', 'value'],
      [file, '#contract/router-types.ts', 'type only'],
      [file, './config.ts', 'value'],
      [file, '@trpc/client', 'value'],
      [file, '#server/trpc/operator-router.ts', 'refused'],
      [file, '#server/core/errors.ts', 'refused'],
      [file, '#app/_lib/format.ts', 'refused'],
      [file, '#test/cluster/harness.ts', 'refused'],
      [file, 'next', 'refused'],
    ],
  ),
]

const repository = fileURLToPath(new URL('../..', import.meta.url))
let folder: string
let refusedLines: Map<string, Set<number>>

/** Each specifier takes two lines of its file: one imports a value, the next one a type. */
function sourceOf(specifiers: string[]): string {
  return specifiers
    .flatMap((specifier, index) => [
      `export { v${index} } from '${specifier}'`,
      `export type { T${index} } from '${specifier}'`,
    ])
    .join('\n')
}

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'kube9-imports-')))
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'))
  writeFileSync(join(folder, 'oxlint.config.ts'), `export { default } from '${repository}oxlint.config.ts'\n`)
  for (const [file, specifiers] of specifiersByFile()) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), sourceOf(specifiers))
  }
  refusedLines = lint()
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

function specifiersByFile(): Map<string, string[]> {
  const byFile = new Map<string, string[]>()
  for (const [file, specifier] of expectations) byFile.set(file, [...(byFile.get(file) ?? []), specifier])
  return byFile
}

const reportSchema = z.object({
  diagnostics: z.array(
    z.object({
      code: z.string(),
      filename: z.string(),
      labels: z.array(z.object({ span: z.object({ line: z.number() }) })),
    }),
  ),
})

function lint(): Map<string, Set<number>> {
  const run = spawnSync(process.execPath, [join(repository, 'node_modules/oxlint/bin/oxlint'), '-f', 'json'], {
    cwd: folder,
    encoding: 'utf8',
  })
  const lines = new Map<string, Set<number>>()
  for (const { code, filename, labels } of reportSchema.parse(JSON.parse(run.stdout)).diagnostics) {
    if (!code.includes('no-restricted-imports')) continue
    const known = lines.get(filename) ?? new Set()
    for (const { span } of labels) known.add(span.line)
    lines.set(filename, known)
  }
  return lines
}

function verdictOn(file: string, specifier: string): Verdict {
  const line = 2 * (specifiersByFile().get(file)?.indexOf(specifier) ?? 0) + 1
  const refused = refusedLines.get(file) ?? new Set()
  if (!refused.has(line)) return 'value'
  return refused.has(line + 1) ? 'refused' : 'type only'
}

describe('the import table of ARCHITECTURE.md is what the linter holds', () => {
  test.each(expectations)('%s importing %s: %s', (file, specifier, verdict) => {
    expect(verdictOn(file, specifier)).toBe(verdict)
  })
})
