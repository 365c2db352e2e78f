// What `npm start`, `npm run demo` and `npm test` do first. Plain JavaScript that Node 20 runs, with no package installed:
// it installs what is missing, then hands over to the Node that the project pins.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'

const repository = fileURLToPath(new URL('..', import.meta.url))
const WANTED_NODE = 24

/** Installs, then runs a TypeScript file in this process's place; ends with its exit code. */
export function handOver(file, args) {
  installWhenStale()
  const program = findNode()
  const child = spawn(program, [`${repository}${file}`, ...args], {
    cwd: repository,
    stdio: 'inherit',
    env: {
      ...process.env,
      PATH: `${repository}node_modules/.bin:${process.env.PATH}`,
      // Compiled code is kept from one start to the next: half a second of the second one.
      NODE_COMPILE_CACHE: `${repository}node_modules/.cache/node`,
    },
  })
  // Ctrl-C in a terminal reaches both, a signal from a program only this one; the one below decides when the end has come.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => giveUp(`Node could not be started: ${error.message}`))
  child.on('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : code))
}

function installWhenStale() {
  if (isInstalled()) return
  console.log('Installing packages (about a minute the first time) …')
  // A machine may be set to leave out what only builds and tests need; here all of it is needed.
  const run = spawnSync(
    'npm',
    ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      cwd: repository,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  if (run.error) giveUp(`npm could not be started (${run.error.message}). Install Node 20 or newer together with npm.`)
  if (run.status !== 0) giveUp(`npm ci failed: ${reasonOf(run.stderr)}`)
}

// npm notes what it installed in a lockfile of its own. Packages of other systems are optional and may be absent.
function isInstalled() {
  const note = `${repository}node_modules/.package-lock.json`
  if (!existsSync(note)) return false
  const installed = readPackages(note)
  return Object.entries(readPackages(`${repository}package-lock.json`)).every(
    ([path, { version, optional }]) => path === '' || optional || installed[path]?.version === version,
  )
}

function readPackages(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages
}

function reasonOf(output) {
  if (/ENOSPC/.test(output)) return 'the disk is full. Free about 2 GB, then run the command again.'
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT/.test(output)) {
    return 'the package registry cannot be reached. Check the network, then run the command again.'
  }
  const lines = output.split('\n').map((line) => line.replace(/^npm (error|ERR!)\s*/, '').trim())
  return lines.find((line) => line !== '' && !line.startsWith('code ')) ?? 'it gave no reason'
}

function findNode() {
  const pinned = `${repository}node_modules/.bin/node`
  if (existsSync(pinned)) return pinned
  if (Number(process.versions.node.split('.')[0]) >= WANTED_NODE) return process.execPath
  return giveUp(
    `kube9 needs Node ${WANTED_NODE} on this system, and this is ${process.version}. Install it from https://nodejs.org, then run the command again.`,
  )
}

function giveUp(reason) {
  console.error(`kube9: ${reason}`)
  process.exit(1)
}
