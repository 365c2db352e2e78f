import { cp, mkdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const codicons = dirname(fileURLToPath(import.meta.resolve('@vscode/codicons/dist/codicon.css')))

export interface Layout {
  source: string
  folder: string
  license: string
}

/** The files of the package that are copied as they stand: manifest, readme, licence, pictures, and the font of the icons. */
export async function layOutPackage({ source, folder, license }: Layout): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  await mkdir(join(folder, 'dist/codicons'), { recursive: true })
  for (const name of ['package.json', 'README.md', 'media']) {
    await cp(join(source, name), join(folder, name), { recursive: true })
  }
  await cp(license, join(folder, 'LICENSE'))
  for (const name of ['codicon.css', 'codicon.ttf']) await cp(join(codicons, name), join(folder, 'dist/codicons', name))
}
