import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { closeSync, existsSync, globSync, mkdirSync, openSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { withFileLock } from '#scripts/parts/file-lock.ts'

export interface Build {
  name: string
  /** Globs of everything that the result depends on, from the repository's root. */
  inputs: string[]
  /** A file that the build makes; without it the build is stale whatever the inputs say. */
  output: string
  /** Arguments for Node. */
  command: string[]
  env?: Record<string, string>
}

export interface BuildOptions {
  /** Where the build's own output goes. */
  logFile: string
  /** Called when a build begins that may take a while. */
  onBegin?: (name: string) => void
  /** Ends a build that is under way. */
  signal?: AbortSignal
}

/** A build failed; its message names the log. */
export class BuildError extends Error {
  override name = 'BuildError'
}

const repository = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Builds what changed since its last build, by the content of its inputs; of two processes that want the same the second
 * waits. True when there was something to do.
 */
export async function buildWhenStale(build: Build, options: BuildOptions): Promise<boolean> {
  if (isFresh(build)) return false
  mkdirSync(dirname(stampOf(build)), { recursive: true })
  return withFileLock(
    `${stampOf(build)}.lock`,
    () => undefined,
    async () => {
      if (isFresh(build)) return false
      options.onBegin?.(build.name)
      const wanted = fingerprint(build)
      await run(build, options)
      writeFileSync(stampOf(build), wanted)
      return true
    },
  )
}

function isFresh(build: Build): boolean {
  return existsSync(join(repository, build.output)) && readStamp(stampOf(build)) === fingerprint(build)
}

function stampOf(build: Build): string {
  return join(repository, 'dist/stamps', build.name)
}

async function run(build: Build, { logFile, signal }: BuildOptions): Promise<void> {
  mkdirSync(dirname(logFile), { recursive: true })
  const log = openSync(logFile, 'w')
  const child = spawn(process.execPath, build.command, {
    cwd: repository,
    env: { ...process.env, ...build.env },
    stdio: ['ignore', log, log],
    ...(signal && { signal }),
  })
  closeSync(log)
  const [code] = (await once(child, 'close')) as [number | null]
  if (code === 0) return
  const text = readFileSync(logFile, 'utf8')
  if (text.includes('ENOSPC')) throw new BuildError('ENOSPC: the disk filled up during the build')
  throw new BuildError(`The build of the ${build.name} failed; what it said stands in ${logFile}`)
}

function fingerprint(build: Build): string {
  const hash = createHash('sha256').update(JSON.stringify(build))
  const files = globSync(build.inputs, { cwd: repository, exclude: (path) => path.endsWith('node_modules') })
  for (const file of [...new Set(files)].sort()) {
    const path = join(repository, file)
    if (statSync(path).isFile() && !/\.test\.tsx?$/.test(file)) hash.update(`${file}\n`).update(readFileSync(path))
  }
  return hash.digest('hex')
}

function readStamp(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}
