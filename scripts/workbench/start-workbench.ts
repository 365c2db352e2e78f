import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { ensureCodeServer } from '#scripts/parts/code-server.ts'
import { runProgram } from '#scripts/parts/run-program.ts'
import { quietSettings } from './user-settings.ts'

export interface WorkbenchOptions {
  /** Extensions to install, as .vsix files. */
  extensions: string[]
  /** User settings beside the quiet ones. */
  settings?: Record<string, unknown>
  /** What its terminals and its extension host find in their environment, such as KUBECONFIG. */
  env?: Record<string, string>
  port: number
}

/** A VS Code of this process: its server side, to which any number of windows connect. */
export interface Workbench {
  /** `http://127.0.0.1:<port>`: where its windows live, and what their frames name as their ancestor. */
  origin: string
  /** Address of a window on the folder of this workbench. */
  windowUrl: string
  /** The folder that windows open, empty at first. */
  projectFolder: string
  /** Holds the logs of its extension hosts. */
  logsFolder: string
  settingsFile: string
  /** Everything that it printed. */
  output(): string
  stop(): Promise<void>
}

const END_WITH_PARENT = fileURLToPath(new URL('../start/end-with-parent.ts', import.meta.url))
const READY_TIMEOUT_MS = 60_000
const END_TIMEOUT_MS = 5_000

/**
 * Starts a real VS Code that runs in a browser, with a home of its own, and with the extensions installed as anyone installs them.
 * It ends with this process.
 */
export async function startWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const { entry } = await ensureCodeServer()
  const home = await mkdtemp(join(tmpdir(), 'kube9-workbench-'))
  const removeHome = () => rm(home, { recursive: true, force: true, maxRetries: 5 })
  const folders = await prepareHome(home, options.settings ?? {})
  const env = { ...environmentOf(home), ...options.env }
  // VS Code takes its PATH from a login shell, which on many systems begins with one of its own.
  await writeFile(join(home, '.bash_profile'), `export PATH='${env.PATH}'\n`)
  const command = [entry, '--user-data-dir', folders.userData, '--extensions-dir', folders.extensions]
  let server: Server
  try {
    for (const file of options.extensions) {
      await runProgram(process.execPath, [...command, '--install-extension', file, '--force'], { env })
    }
    server = await startServer([...command, ...serverArguments(options.port)], env, home)
  } catch (error) {
    await removeHome()
    throw error
  }
  const origin = `http://127.0.0.1:${options.port}`
  return {
    origin,
    windowUrl: `${origin}/?folder=${encodeURIComponent(folders.project)}`,
    projectFolder: folders.project,
    logsFolder: join(folders.userData, 'logs'),
    settingsFile: join(folders.userData, 'User/settings.json'),
    output: server.output,
    stop: async () => {
      await endGroup(server.child)
      await removeHome()
    },
  }
}

interface Server {
  child: ChildProcess
  output: () => string
}

async function startServer(command: string[], env: Record<string, string>, cwd: string): Promise<Server> {
  const child = spawn(process.execPath, ['--import', END_WITH_PARENT, ...command], {
    env: { NODE_ENV: 'production', ...env },
    cwd,
    // A group of its own, so that its end takes the extension hosts and terminals with it.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => (output += text))
  }
  try {
    await untilListening(child, () => output)
    return { child, output: () => output }
  } catch (error) {
    await endGroup(child)
    throw error
  }
}

async function prepareHome(home: string, settings: Record<string, unknown>) {
  const at = (name: string) => join(home, name)
  const folders = { userData: at('data'), extensions: at('extensions'), project: at('project') }
  await mkdir(join(folders.userData, 'User'), { recursive: true })
  await Promise.all([at('run'), folders.extensions, folders.project].map((folder) => mkdir(folder, { mode: 0o700 })))
  await writeFile(
    join(folders.userData, 'User/settings.json'),
    JSON.stringify({ ...quietSettings, ...settings }, null, 2),
  )
  return folders
}

function environmentOf(home: string): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    XDG_RUNTIME_DIR: join(home, 'run'),
    SHELL: '/bin/bash',
    LANG: 'C.UTF-8',
    // Without a marketplace: an empty address, or it would ask one on the internet.
    EXTENSIONS_GALLERY: '{"serviceUrl":"","itemUrl":"","resourceUrlTemplate":""}',
  }
}

function serverArguments(port: number): string[] {
  const listening = ['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, '--reconnection-grace-time', '2']
  const quiet = ['telemetry', 'update-check', 'workspace-trust', 'getting-started-override']
  return [...listening, ...quiet.map((feature) => `--disable-${feature}`)]
}

async function untilListening(child: ChildProcess, output: () => string): Promise<void> {
  const deadline = Date.now() + READY_TIMEOUT_MS
  while (!output().includes('HTTP server listening on')) {
    const ended = child.exitCode !== null || child.signalCode !== null
    if (ended || Date.now() > deadline) throw new Error(`code-server did not start:\n${output().slice(-4000)}`)
    await delay(25)
  }
}

/** Asks the whole group to end, and ends by force what is still there after a while. */
async function endGroup(child: ChildProcess): Promise<void> {
  if (child.pid === undefined) return
  const ended = child.exitCode !== null || child.signalCode !== null ? Promise.resolve([]) : once(child, 'exit')
  signalGroup(child.pid, 'SIGTERM')
  await Promise.race([ended, delay(END_TIMEOUT_MS, undefined, { ref: false })])
  signalGroup(child.pid, 'SIGKILL')
  await ended
}

function signalGroup(leader: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-leader, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
