import { existsSync } from 'node:fs'
import { userInfo } from 'node:os'
import { chromium } from 'playwright'
import { findProgram } from './find-program.ts'
import { PartUnavailableError } from './part.ts'
import type { Part, Progress } from './part.ts'
import { runProgram } from './run-program.ts'

export interface Chromium extends Part {
  executablePath: string
  /** Arguments for a quiet browser that calls nobody by itself. */
  args: string[]
}

const PROGRAM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

const QUIET_ARGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** A Chromium that Playwright can drive: an installed one, or else it is installed. */
export async function ensureChromium(onProgress: Progress = () => undefined): Promise<Chromium> {
  const found = findChromium()
  if (found) return found
  const attempts = [installDebianPackage, installPlaywrightBrowser]
  const failures: string[] = []
  for (const install of attempts) {
    try {
      await install(onProgress)
      const installed = findChromium()
      if (installed) return installed
    } catch (error) {
      failures.push((error as Error).message)
    }
  }
  throw new PartUnavailableError(
    `There is no Chromium here and it could not be installed. Install it ("apt-get install chromium", or ` +
      `"npx playwright install chromium"), then try again.\n${failures.join('\n')}`,
  )
}

function findChromium(): Chromium | null {
  for (const name of PROGRAM_NAMES) {
    const path = findProgram(name)
    if (path) return describe(path, 'installed on this machine')
  }
  const ownBrowser = chromium.executablePath()
  return existsSync(ownBrowser) ? describe(ownBrowser, "Playwright's browser") : null
}

function describe(executablePath: string, origin: string): Chromium {
  // Chromium refuses to run as root with its sandbox on.
  const args = userInfo().uid === 0 ? ['--no-sandbox', ...QUIET_ARGS] : QUIET_ARGS
  return { executablePath, args, origin }
}

async function installDebianPackage(onProgress: Progress): Promise<void> {
  if (userInfo().uid !== 0 || !findProgram('apt-get')) return
  onProgress('installing chromium with apt-get (about 20 s)')
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  await runProgram('apt-get', ['update'], { env })
  await runProgram('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { env })
}

async function installPlaywrightBrowser(onProgress: Progress): Promise<void> {
  onProgress('downloading Chromium with Playwright')
  await runProgram('npx', ['playwright', 'install', 'chromium'], { timeoutMs: 10 * 60_000 })
}
