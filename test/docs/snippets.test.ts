import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { defaultTarget, helmCommand } from '#app/_features/onboarding/install-commands.ts'
import { ensureHelmAndKubectl } from '#scripts/parts/helm-kubectl.ts'
import { operatorChart } from '#test/charts/render-chart.ts'
import { sampleKey, samplePem } from '#test/charts/value-sets.ts'
import { codeBlocks, readAllDocuments } from './documents.ts'

const run = promisify(execFile)
const snippets = (await readAllDocuments()).flatMap(({ path, ...document }) =>
  codeBlocks({ path, ...document }, 'sh').map(({ text }) => ({ path, script: text, firstLine: text.split('\n')[0] })),
)
const helmSnippets = snippets.filter(({ script }) => /^helm (install|upgrade|template)/m.test(script))

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kube9-snippets-'))
  await writeFile(join(folder, 'ca.pem'), samplePem)
})
afterAll(() => rm(folder, { recursive: true }))

/** Renders in place of installing: the same flags, but no cluster. */
const INSTEAD_OF_HELM = `
helm() {
  case "$1" in
    install|upgrade|template) ;;
    *) return 0 ;;
  esac
  shift
  local flags=()
  for word in "$@"; do
    case "$word" in
      kube9/kube9-operator) flags+=("$CHART") ;;
      --install|--wait|--create-namespace) ;;
      *) flags+=("$word") ;;
    esac
  done
  "$HELM" template "\${flags[@]}"
}
kubectl() { true; }
`

describe.each(snippets)('$path: $firstLine', ({ script }) => {
  test('is a script that a shell can read', async () => {
    await expect(run('bash', ['-n', '-c', script])).resolves.toEqual({ stdout: '', stderr: '' })
  })

  test('gives the key to no program as an argument, but where it says what that costs', () => {
    const onCommandLine = script
      .split('\n')
      .filter((line) => line.includes('$KUBE9_KEY') && !line.startsWith('printf '))
    expect(onCommandLine.filter((line) => !line.includes('--set apiKey="$KUBE9_KEY"'))).toEqual([])
  })
})

test('the command of the first steps is the one that the portal shows', async () => {
  const target = { ...defaultTarget, chartsUrl: 'https://charts.kube9.io', apiUrl: 'https://api.kube9.io' }
  expect(snippets.filter(({ script }) => script === helmCommand(target)).map(({ path }) => path)).toEqual([
    'docs/getting-started.md',
    'charts/kube9-operator/README.md',
  ])
})

test('no snippet reads a line while more lines of it are to come, which a shell would take for the answer', () => {
  for (const { script } of snippets.filter((snippet) => snippet.script.includes('read -rs'))) {
    const lines = script.split('\n').slice(0, -1)
    expect(lines.filter((line) => !line.endsWith('\\'))).toEqual([])
  }
})

describe.each(helmSnippets)('$path: $firstLine', ({ script }) => {
  test('installs with flags and values that helm and the chart know', async () => {
    const { helm } = await ensureHelmAndKubectl(() => undefined)
    const env = { ...process.env, HELM: helm, CHART: operatorChart, KUBE9_KEY: sampleKey }
    const withoutPrompt = script.replace('read -rs KUBE9_KEY', 'true')
    const { stdout } = await run('bash', ['-euc', `${INSTEAD_OF_HELM}\n${withoutPrompt}`], { env, cwd: folder })
    expect(stdout).toContain('kind: Deployment')
    expect(stdout).toContain('namespace: kube9-system')
  })
})
