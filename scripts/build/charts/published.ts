import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

/** A version without a digest is a draft: its bytes may still change. With one they never do. */
const publishedVersionSchema = z.object({
  created: z.iso.datetime(),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
})
const publishedSchema = z.record(z.string(), z.record(z.string(), publishedVersionSchema))
export type PublishedCharts = z.infer<typeof publishedSchema>

export async function readPublished(chartsFolder: string): Promise<PublishedCharts> {
  return publishedSchema.parse(JSON.parse(await readFile(join(chartsFolder, 'published.json'), 'utf8')))
}

export async function writePublished(chartsFolder: string, published: PublishedCharts): Promise<void> {
  await writeFile(join(chartsFolder, 'published.json'), `${JSON.stringify(published, null, 2)}\n`)
}
