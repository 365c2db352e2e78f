import { fileURLToPath } from 'node:url'
import { buildChartRepository } from './charts/build-repository.ts'
import { publishDrafts } from './charts/publish.ts'

// node scripts/build/charts.ts            packs charts/* into dist/charts
// node scripts/build/charts.ts publish    also freezes every draft version, for good

const chartsFolder = fileURLToPath(new URL('../../charts', import.meta.url))
const outputFolder = fileURLToPath(new URL('../../dist/charts', import.meta.url))

try {
  if (process.argv[2] === 'publish') {
    const names = await publishDrafts(chartsFolder, outputFolder)
    console.log(names.length > 0 ? `Published ${names.join(', ')}.` : 'There is no draft to publish.')
  }
  const { packages } = await buildChartRepository(chartsFolder, outputFolder)
  for (const chart of packages) console.log(`dist/charts/${chart.fileName}  sha256:${chart.sha256}`)
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}
