import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findProgram } from '../find-program.ts'
import { PartUnavailableError } from '../part.ts'
import type { Progress } from '../part.ts'
import { runProgram } from '../run-program.ts'
import { ETCD_VERSION, KUBERNETES_VERSION, KWOK_VERSION, STAGES_FILE } from './versions.ts'

const KUBERNETES_PROGRAMS = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler']
const ETCD_PACKAGE = 'go.etcd.io/etcd/server/v3'

/** Kubernetes' own modules carry its version with a leading zero. */
const STAGING_VERSION = `0.${KUBERNETES_VERSION.split('.').slice(1).join('.')}`

const KWOK_STAGES = [
  'node/fast/node-initialize.yaml',
  'node/heartbeat/node-heartbeat.yaml',
  'pod/fast/pod-ready.yaml',
  'pod/fast/pod-complete.yaml',
  'pod/fast/pod-delete.yaml',
]

const GO_ENVIRONMENT = { CGO_ENABLED: '0', GOFLAGS: '-mod=mod' }

interface DownloadedModule {
  Dir: string
  GoMod: string
}

/** Builds the whole control plane from Go modules into the folder. About 5 minutes on 2 cores when nothing is cached. */
export async function buildWithGo(folder: string, onProgress: Progress): Promise<string> {
  const go = findProgram('go')
  if (!go) {
    throw new PartUnavailableError(
      `The control plane (Kubernetes ${KUBERNETES_VERSION}) could not be downloaded, and without Go it cannot be built. Install ` +
        'Go 1.25 or newer, or name a folder with its programs in KUBEBUILDER_ASSETS, then try again.',
    )
  }
  const moduleFolder = await mkdtemp(join(tmpdir(), 'kube9-control-plane-'))
  try {
    await writeGoModule(go, moduleFolder)
    onProgress('building the control plane with Go: resolving modules')
    await runProgram(go, ['mod', 'tidy'], { cwd: moduleFolder, env: GO_ENVIRONMENT })
    await buildKubernetes(go, { moduleFolder, folder, onProgress })
    await buildKwok(go, folder, onProgress)
  } finally {
    await rm(moduleFolder, { recursive: true, force: true })
  }
  return 'built with Go'
}

async function writeGoModule(go: string, moduleFolder: string): Promise<void> {
  const kubernetes = await downloadModule(go, `k8s.io/kubernetes@v${KUBERNETES_VERSION}`)
  const goMod = await readFile(kubernetes.GoMod, 'utf8')
  const staging = [...goMod.matchAll(/^\s*(k8s\.io\/\S+) => \.\/staging\//gm)].map((match) => match[1])
  const tools = [...KUBERNETES_PROGRAMS.map((name) => `k8s.io/kubernetes/cmd/${name}`), ETCD_PACKAGE]
  const lines = [
    'module kube9.invalid/control-plane',
    'go 1.25.0',
    'godebug default=go1.25',
    ...tools.map((name) => `tool ${name}`),
    `require k8s.io/kubernetes v${KUBERNETES_VERSION}`,
    `require ${ETCD_PACKAGE} v${ETCD_VERSION}`,
    ...staging.map((name) => `replace ${name} => ${name} v${STAGING_VERSION}`),
  ]
  await writeFile(join(moduleFolder, 'go.mod'), `${lines.join('\n')}\n`)
}

interface KubernetesBuild {
  moduleFolder: string
  folder: string
  onProgress: Progress
}

async function buildKubernetes(go: string, { moduleFolder, folder, onProgress }: KubernetesBuild): Promise<void> {
  const [major, minor] = KUBERNETES_VERSION.split('.')
  const version = 'k8s.io/component-base/version'
  const linkerFlags = `-s -w -X ${version}.gitVersion=v${KUBERNETES_VERSION} -X ${version}.gitMajor=${major} -X ${version}.gitMinor=${minor}`
  const targets = [
    ...KUBERNETES_PROGRAMS.map((name) => ({ name, source: `k8s.io/kubernetes/cmd/${name}` })),
    { name: 'etcd', source: ETCD_PACKAGE },
  ]
  for (const { name, source } of targets) {
    onProgress(`building ${name} with Go (5 minutes in all on 2 cores, once)`)
    const args = ['build', '-trimpath', '-buildvcs=false', '-ldflags', linkerFlags, '-o', join(folder, name), source]
    await runProgram(go, args, { cwd: moduleFolder, env: GO_ENVIRONMENT })
  }
}

async function buildKwok(go: string, folder: string, onProgress: Progress): Promise<void> {
  onProgress('building kwok with Go')
  const env = { ...GO_ENVIRONMENT, GOBIN: folder }
  const target = `sigs.k8s.io/kwok/cmd/kwok@v${KWOK_VERSION}`
  await runProgram(go, ['install', '-trimpath', '-ldflags', '-s -w', target], { env })
  const { Dir } = await downloadModule(go, `sigs.k8s.io/kwok@v${KWOK_VERSION}`)
  const stages = await Promise.all(KWOK_STAGES.map((path) => readFile(join(Dir, 'kustomize/stage', path), 'utf8')))
  await writeFile(join(folder, STAGES_FILE), stages.join('\n---\n'))
}

async function downloadModule(go: string, name: string): Promise<DownloadedModule> {
  const answer = await runProgram(go, ['mod', 'download', '-json', name], { env: GO_ENVIRONMENT })
  return JSON.parse(answer) as DownloadedModule
}
