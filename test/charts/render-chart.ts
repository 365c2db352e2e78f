import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { parseAllDocuments } from 'yaml'
import { ensureHelm3, ensureHelmAndKubectl } from '#scripts/parts/helm-kubectl.ts'

export const operatorChart = fileURLToPath(new URL('../../charts/kube9-operator', import.meta.url))
export const releaseNamespace = 'kube9-system'

/** A Kubernetes object as helm printed it; tests look into it freely. */
// oxlint-disable-next-line typescript/no-explicit-any -- manifests of every kind, looked at in assertions only
export type Manifest = { kind: string; metadata: any; [field: string]: any }

export type Values = Record<string, unknown>
export type RenderOptions = { releaseName?: string; args?: string[]; helmVersion?: 3 | 4 }

/** What `helm template` makes of the operator's chart with these values. */
export async function renderChart(values: Values = {}, options: RenderOptions = {}): Promise<Manifest[]> {
  const { releaseName = 'kube9-operator', args = [], helmVersion = 4 } = options
  const runHelm = helmVersion === 3 ? helm3 : helm
  const text = await withValuesFile(values, (file) =>
    runHelm('template', releaseName, operatorChart, '--namespace', releaseNamespace, '--values', file, ...args),
  )
  return parseAllDocuments(text)
    .map((document): unknown => document.toJS())
    .filter((manifest): manifest is Manifest => manifest !== null)
}

/** The notes that a user reads after installing with these values. */
export async function renderNotes(values: Values = {}): Promise<string> {
  const text = await withValuesFile(values, (file) =>
    helm(
      'install',
      'kube9-operator',
      operatorChart,
      '--namespace',
      releaseNamespace,
      '--values',
      file,
      '--dry-run=client',
    ),
  )
  return text.slice(text.indexOf('NOTES:'))
}

/** Why helm refuses these values. Throws when it takes them. */
export async function refusalOf(values: Values): Promise<string> {
  const outcome = await renderChart(values).catch((error: { stderr: string }) => error)
  if (Array.isArray(outcome)) throw new Error('Helm took values that it should refuse.')
  return outcome.stderr
}

/** Runs helm and gives back what it printed; rejects with its `stderr`. */
export async function helm(...args: string[]): Promise<string> {
  return run((await ensureHelmAndKubectl(console.error)).helm, args)
}

/** The same with helm 3, or with the installed helm where there is no helm 3 to fetch. */
async function helm3(...args: string[]): Promise<string> {
  const program = await ensureHelm3(console.error)
  return run((program ?? (await ensureHelmAndKubectl(console.error))).helm, args)
}

async function run(program: string, args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(program, args, { maxBuffer: 16 * 1024 * 1024 })
  return stdout
}

export async function withValuesFile<T>(values: Values, work: (file: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'kube9-values-'))
  try {
    const file = join(folder, 'values.json')
    await writeFile(file, JSON.stringify(values))
    return await work(file)
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** The only object of a kind (and name). Throws when there is none, or more than one. */
export function only(manifests: readonly Manifest[], kind: string, name?: string): Manifest {
  const found = manifests.filter(
    (manifest) => manifest.kind === kind && (name === undefined || manifest.metadata.name === name),
  )
  const [first] = found
  if (!first || found.length > 1) throw new Error(`There are ${found.length} of ${kind} ${name ?? ''}.`)
  return first
}

/** Environment of the operator's container; a value from elsewhere is given as its source. */
export function operatorEnv(manifests: readonly Manifest[]): Record<string, unknown> {
  return Object.fromEntries(
    operatorContainer(manifests).env.map((variable: { name: string; value?: string; valueFrom?: unknown }) => [
      variable.name,
      variable.value ?? variable.valueFrom,
    ]),
  )
}

export function operatorContainer(manifests: readonly Manifest[]): Manifest {
  const containers: Manifest[] = only(manifests, 'Deployment')['spec'].template.spec.containers
  const [operator] = containers
  if (!operator) throw new Error('The Deployment has no container.')
  return operator
}

/** Pods of a release: the operator's and the goodbye's. */
export function podTemplates(manifests: readonly Manifest[]): Manifest[] {
  return manifests.filter(({ kind }) => kind === 'Deployment' || kind === 'Job').map(({ spec }) => spec.template)
}
