import { cp, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

export interface Layout {
  source: string
  folder: string
  license: string
}

/** The files of the package that are copied as they stand: manifest, readme, licence and pictures. */
export async function layOutPackage({ source, folder, license }: Layout): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  for (const name of ['package.json', 'README.md', 'media']) {
    await cp(join(source, name), join(folder, name), { recursive: true })
  }
  await cp(license, join(folder, 'LICENSE'))
}
