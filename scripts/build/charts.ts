import { fileURLToPath } from 'node:url'
import { buildChartRepository } from './charts/build-repository.ts'
import { publishDrafts } from './charts/publish.ts'
import { valuesTable, writeValuesTable } from './charts/values-table.ts'

// node scripts/build/charts.ts            packs charts/* into dist/charts
// node scripts/build/charts.ts values     also writes the table of values into README and documentation
// node scripts/build/charts.ts publish    also freezes every draft version, for good

const inRepository = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url))
const chartsFolder = inRepository('charts')
const outputFolder = inRepository('dist/charts')

try {
  const [task] = process.argv.slice(2)
  if (task === 'values') {
    const table = await valuesTable(inRepository('charts/kube9-operator'))
    for (const file of ['charts/kube9-operator/README.md', 'docs/operator.md']) {
      await writeValuesTable(inRepository(file), table)
    }
  }
  if (task === 'publish') {
    const names = await publishDrafts(chartsFolder, outputFolder)
    console.log(names.length > 0 ? `Published ${names.join(', ')}.` : 'There is no draft to publish.')
  }
  const { packages } = await buildChartRepository(chartsFolder, outputFolder)
  for (const chart of packages) console.log(`dist/charts/${chart.fileName}  sha256:${chart.sha256}`)
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}
