import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { commandLineOf } from '#scripts/postgres/command-line.ts'
import { StartFailure } from './failure.ts'
import type { ProductSettings } from './settings.ts'

const claimSchema = z.object({ pid: z.number(), portalPort: z.number() })

/**
 * Takes the data folder for this process and gives back how to let go of it. Throws StartFailure when another start holds
 * it: ending this one would take the other's database away.
 */
export function claimFolder(settings: ProductSettings): () => Promise<void> {
  const file = join(settings.dataFolder, 'running.json')
  const holder = readClaim(file)
  if (holder && holder.pid !== process.pid && commandLineOf(holder.pid).includes('scripts/')) {
    throw new StartFailure(
      `kube9 already runs here (process ${holder.pid}): open http://localhost:${holder.portalPort}, or end it with Ctrl-C in its terminal first.`,
    )
  }
  writeFileSync(file, JSON.stringify({ pid: process.pid, portalPort: settings.portalPort }))
  return () => Promise.resolve(rmSync(file, { force: true }))
}

function readClaim(file: string): z.infer<typeof claimSchema> | undefined {
  try {
    return claimSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return undefined
  }
}
