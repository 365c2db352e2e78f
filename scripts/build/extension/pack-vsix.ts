import { execFile } from 'node:child_process'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { unzipSync, zipSync } from 'fflate'
import type { Zippable } from 'fflate'

const vsce = fileURLToPath(new URL('../../../node_modules/@vscode/vsce/vsce', import.meta.url))

/** The earliest time that a zip can hold, so that the same files give the same bytes. */
const EPOCH = new Date(1980, 0, 1)

/** Packs a folder by vsce, then orders the archive and takes its times away. Gives back how many bytes it has. */
export async function packVsix({ folder, vsix }: { folder: string; vsix: string }): Promise<number> {
  await rm(vsix, { force: true })
  const args = [vsce, 'package', '--no-dependencies', '--skip-license', '--allow-missing-repository', '--out', vsix]
  const { stderr } = await promisify(execFile)(process.execPath, args, { cwd: folder })
  if (stderr) console.error(stderr)
  const files = Object.entries(unzipSync(await readFile(vsix))).sort(([one], [other]) => (one < other ? -1 : 1))
  const ordered: Zippable = Object.fromEntries(
    files.map(([path, bytes]) => [path, [bytes, { mtime: EPOCH, level: 9 }]]),
  )
  const archive = zipSync(ordered)
  await writeFile(vsix, archive)
  return archive.length
}
