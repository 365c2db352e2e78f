import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { archiveFolder, buildChartRepository } from './build-repository.ts'
import { readPublished, writePublished } from './published.ts'

/** Turns every draft into a published version: its digest is written down, its bytes are kept. Resolves to their file names. */
export async function publishDrafts(chartsFolder: string, outputFolder: string): Promise<string[]> {
  const { packages } = await buildChartRepository(chartsFolder, outputFolder)
  const published = await readPublished(chartsFolder)
  const drafts = packages.filter(({ metadata }) => published[metadata.name]?.[metadata.version]?.sha256 === null)
  await mkdir(archiveFolder(chartsFolder), { recursive: true })
  for (const draft of drafts) {
    const entry = published[draft.metadata.name]?.[draft.metadata.version]
    if (entry) entry.sha256 = draft.sha256
    await writeFile(join(archiveFolder(chartsFolder), draft.fileName), draft.bytes)
  }
  await writePublished(chartsFolder, published)
  return drafts.map((draft) => draft.fileName)
}
