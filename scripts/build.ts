// `npm run build`: the portal, the charts and the operator, each when it is stale; or those that are named.
import { fileURLToPath } from 'node:url'
import { buildWhenStale } from './build/build-when-stale.ts'
import { builds } from './build/builds.ts'
import { generatePrismaClient } from './prisma/generate.ts'

const wanted = process.argv.slice(2)
const logFile = (name: string) => fileURLToPath(new URL(`../dist/logs/${name}.log`, import.meta.url))

try {
  generatePrismaClient()
  for (const build of Object.values(builds)) {
    if (wanted.length > 0 && !wanted.includes(build.name)) continue
    const onBegin = () => console.log(`Building the ${build.name} …`)
    const built = await buildWhenStale(build, { logFile: logFile(build.name), onBegin })
    console.log(`✓ ${build.name}${built ? '' : ' (up to date)'}`)
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
