/** Fetches every part that tests and the demo need, and prints where each came from. */
import { ensureChromium } from './chromium.ts'
import { ensureCodeServer } from './code-server.ts'
import { ensureControlPlane } from './control-plane.ts'
import { ensureHelmAndKubectl } from './helm-kubectl.ts'
import type { Part, Progress } from './part.ts'

const PARTS: Record<string, (onProgress: Progress) => Promise<Part>> = {
  'helm and kubectl': ensureHelmAndKubectl,
  'Kubernetes control plane': ensureControlPlane,
  Chromium: ensureChromium,
  'VS Code in a browser': ensureCodeServer,
}

for (const [name, ensure] of Object.entries(PARTS)) {
  try {
    const part = await ensure((line) => console.log(`  ${line}`))
    console.log(`${name}: ${part.origin}`)
  } catch (error) {
    console.error(`${name}: ${(error as Error).message}`)
    process.exitCode = 1
  }
}
