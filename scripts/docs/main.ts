import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { withMarkedPart } from './marked-part.ts'
import { settingsPart, settingsTable } from './settings-table.ts'

// node scripts/docs/main.ts   writes the reference of settings from the extension's manifest into README and documentation

const inRepository = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url))

const table = await settingsTable(inRepository('extension/package.json'))
for (const file of ['extension/README.md', 'docs/editor.md'].map(inRepository)) {
  await writeFile(file, withMarkedPart(await readFile(file, 'utf8'), settingsPart, table))
}
