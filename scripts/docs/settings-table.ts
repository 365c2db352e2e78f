import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { MarkedPart } from './marked-part.ts'

const settingSchema = z.object({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  default: z.unknown(),
  order: z.number().optional(),
  description: z.string().optional(),
  markdownDescription: z.string().optional(),
})
const manifestSchema = z.object({
  contributes: z.object({ configuration: z.object({ properties: z.record(z.string(), settingSchema) }) }),
})

export const settingsPart: MarkedPart = { name: 'settings', writer: 'scripts/docs/main.ts' }

/** A Markdown table of every setting of the extension's manifest: its name, default and meaning, in the order of its page. */
export async function settingsTable(manifestFile: string): Promise<string> {
  const { contributes } = manifestSchema.parse(JSON.parse(await readFile(manifestFile, 'utf8')))
  const settings = Object.entries(contributes.configuration.properties)
  const rows = settings
    .toSorted(([, one], [, other]) => (one.order ?? 0) - (other.order ?? 0))
    .map(([name, setting]) => `| \`${name}\` | \`${JSON.stringify(setting.default)}\` | ${meaningOf(setting)} |`)
  return ['| setting | default | meaning |', '|---|---|---|', ...rows].join('\n')
}

function meaningOf({ markdownDescription, description }: z.infer<typeof settingSchema>): string {
  // In the editor `#name#` is a link to the setting of that name.
  return (markdownDescription ?? description ?? '').replaceAll(/`#([\w.]+)#`/g, '`$1`').replaceAll(/\s*\n+\s*/g, ' ')
}
