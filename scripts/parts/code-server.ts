import { mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import { platform } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { cachedPart } from './part-cache.ts'
import { PartUnavailableError } from './part.ts'
import type { Part, Progress } from './part.ts'
import { runProgram } from './run-program.ts'

/** VS Code of the same version without its 4. */
const CODE_SERVER_VERSION = '4.139.1'

export interface CodeServer extends Part {
  /** A script for this process's Node: `node <entry> --install-extension x.vsix`. */
  entry: string
}

/** A real VS Code that runs in a browser: code-server, fetched once from the npm registry. */
export async function ensureCodeServer(onProgress: Progress = () => undefined): Promise<CodeServer> {
  if (platform() === 'win32') {
    throw new PartUnavailableError('code-server does not run on Windows. Use Linux, macOS or WSL.')
  }
  const part = await cachedPart({
    key: `code-server-${CODE_SERVER_VERSION}-node-${process.versions.modules}`,
    onProgress,
    build: (folder) => installFromRegistry(folder, onProgress),
  })
  return { entry: join(part.folder, 'node_modules/code-server/out/node/entry.js'), origin: part.origin }
}

async function installFromRegistry(folder: string, onProgress: Progress): Promise<string> {
  const nodeHome = dirname(dirname(process.execPath))
  const path = [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter)
  const npm = (cwd: string, args: string[]) =>
    runProgram('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd,
      env: { PATH: path, npm_config_nodedir: nodeHome },
    })
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n')
  onProgress(`fetching code-server ${CODE_SERVER_VERSION} (about a minute, once)`)
  await npm(folder, ['install', '--no-save', '--ignore-scripts', `code-server@${CODE_SERVER_VERSION}`])
  const vscode = join(folder, 'node_modules/code-server/lib/vscode')
  onProgress('fetching the packages of its VS Code')
  await npm(vscode, ['install', '--omit=dev', '--ignore-scripts'])
  // Of the native modules only these two matter: the terminal's comes built, and nothing asks for the others.
  await npm(vscode, ['rebuild', '@vscode/spdlog', '@vscode/native-watchdog'])
  await linkCommand(vscode, 'bin/remote-cli/code-server', 'code-linux.sh')
  await linkCommand(vscode, 'bin/helpers/browser.sh', 'browser-linux.sh')
  return `npm package code-server@${CODE_SERVER_VERSION}`
}

/** code-server's own install script, which npm does not run here, makes these. */
async function linkCommand(vscode: string, path: string, target: string): Promise<void> {
  const link = join(vscode, path)
  await mkdir(dirname(link), { recursive: true })
  await rm(link, { force: true })
  await symlink(target, link)
}
