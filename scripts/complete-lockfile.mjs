// Adds to package-lock.json the optional packages of platforms that the registry in use does not carry.
// npm leaves them out of the lock and then refuses its own lock in `npm ci`. Run it after every `npm install`.
import { readFileSync, writeFileSync } from 'node:fs'

const OS_NAMES = ['android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'aix', 'win32']
const CPU_NAMES = ['arm64', 'arm', 'x64', 'ia32', 'ppc64', 'riscv64', 's390x', 'wasm32', 'loong64', 'mips64el']
const CPU_IN_NAME = new RegExp(`(?:^|-)(${CPU_NAMES.join('|')})(?:-|$)`)

const file = new URL('../package-lock.json', import.meta.url)
const lock = JSON.parse(readFileSync(file, 'utf8'))
let added = 0
for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const at = `node_modules/${name}`
    if (lock.packages[at] || lock.packages[`${path}/${at}`]) continue
    const bare = name.split('/').at(-1)
    const os = OS_NAMES.filter((candidate) => bare.includes(candidate))
    const cpu = CPU_IN_NAME.exec(bare)?.[1]
    if (os.length === 0 && !cpu)
      throw new Error(`${name}: neither its system nor its processor can be read from its name`)
    lock.packages[at] = {
      version,
      ...(cpu ? { cpu: [cpu] } : {}),
      ...(entry.dev ? { dev: true } : {}),
      optional: true,
      ...(os.length ? { os } : {}),
    }
    added++
  }
}
const [root, ...rest] = Object.entries(lock.packages)
lock.packages = Object.fromEntries([root, ...rest.sort(([a], [b]) => a.localeCompare(b, 'en'))])
writeFileSync(file, JSON.stringify(lock, null, 2) + '\n')
console.log(`package-lock.json: ${added} optional packages of other platforms added`)
