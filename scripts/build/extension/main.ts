import { statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { buildWhenStale } from '../build-when-stale.ts'
import { builds } from '../builds.ts'

const inRepository = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url))

try {
  const logFile = inRepository('dist/logs/extension.log')
  await buildWhenStale(builds.extension, { logFile, onBegin: () => console.log('Building the extension …') })
  const vsix = inRepository(builds.extension.output)
  console.log(`${vsix}  ${Math.ceil(statSync(vsix).size / 1024)} KiB`)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
