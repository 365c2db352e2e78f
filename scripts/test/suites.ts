import type { BuildName } from '#scripts/build/builds.ts'
import { ensureChromium } from '#scripts/parts/chromium.ts'
import { ensureCodeServer } from '#scripts/parts/code-server.ts'
import { ensureControlPlane } from '#scripts/parts/control-plane.ts'
import { ensureHelmAndKubectl } from '#scripts/parts/helm-kubectl.ts'
import type { Part, Progress } from '#scripts/parts/part.ts'

type Ensure = (onProgress: Progress) => Promise<Part>

export interface Suite {
  /** A project of vitest.config.ts. */
  name: string
  about: string
  builds: BuildName[]
  /** What it needs beside npm's packages, by the name that people know it by. */
  parts: Record<string, Ensure>
}

const browser = { Chromium: ensureChromium }
const helm = { 'helm and kubectl': ensureHelmAndKubectl }
const cluster = { ...helm, 'the Kubernetes control plane': ensureControlPlane }
const editor = { 'VS Code': ensureCodeServer }
const everything: BuildName[] = ['charts', 'operator', 'portal', 'ui']

/** In the order in which they run: what fails soonest and needs least comes first. */
export const suites: Suite[] = [
  { name: 'unit', about: 'what stands beside the code, on a real PostgreSQL', builds: [], parts: helm },
  { name: 'start', about: 'npm start, and how it fails', builds: ['charts', 'ui', 'portal'], parts: {} },
  { name: 'e2e', about: 'the portal in a browser', builds: ['charts', 'portal'], parts: browser },
  { name: 'cluster', about: 'operator and charts on a real control plane', builds: everything, parts: cluster },
  { name: 'fault', about: 'what happens when a part goes away', builds: everything, parts: { ...browser, ...cluster } },
  {
    name: 'journey',
    about: 'sign-up to green cluster and back, and on to Pro in the editor',
    builds: [...everything, 'extension'],
    parts: { ...browser, ...cluster, ...editor },
  },
  {
    name: 'editor',
    about: 'the extension in a real VS Code, against the real product',
    builds: [...everything, 'extension'],
    parts: { ...browser, ...cluster, ...editor },
  },
]
