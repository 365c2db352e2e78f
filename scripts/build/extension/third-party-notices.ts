import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The innermost package of a path such as `node_modules/a/node_modules/@b/c/index.js`. */
const PACKAGE = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//

interface PackageJson {
  name: string
  version: string
  license?: string
}

/** Says which packages are in the bundles, with the licence of each as it asks for. `inputs` are paths from `root`. */
export function thirdPartyNotices(root: string, inputs: string[]): string {
  const folders = new Set(inputs.flatMap((input) => PACKAGE.exec(join(root, input))?.[1] ?? []))
  const notices = [...folders].map((folder) => noticeOf(folder)).sort()
  return `This extension contains the following packages, each under its own licence.\n${[...new Set(notices)].join('')}`
}

function noticeOf(folder: string): string {
  const {
    name,
    version,
    license = 'see below',
  } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageJson
  const [file] = globSync('{LICENSE,LICENCE,license,licence}*', { cwd: folder }).sort()
  const text =
    file !== undefined && existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8').trim() : ''
  return `\n${'─'.repeat(72)}\n${name} ${version} (${license})\n\n${text}\n`
}
