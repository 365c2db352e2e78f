import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
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
      .filter((line) => /"?\$\{?KEY/.test(line) && !/printf %s "\$KEY" \|/.test(line))
    expect(onCommandLine.filter((line) => !line.includes('--set apiKey="$KEY"'))).toEqual([])
  })
})

describe.each(helmSnippets)('$path: $firstLine', ({ script }) => {
  test('installs with flags and values that helm and the chart know', async () => {
    const { helm } = await ensureHelmAndKubectl(() => undefined)
    const env = { ...process.env, HELM: helm, CHART: operatorChart, KEY: sampleKey }
    const withoutPrompt = script.replace('read -rs KEY', 'true')
    const { stdout } = await run('bash', ['-euc', `${INSTEAD_OF_HELM}\n${withoutPrompt}`], { env, cwd: folder })
    expect(stdout).toContain('kind: Deployment')
    expect(stdout).toContain('namespace: kube9-system')
  })
})
