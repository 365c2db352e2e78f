import { readFileSync } from 'node:fs'
import { z } from 'zod'

const tallySchema = z.object({
  passed: z.number(),
  failed: z.number(),
  skipped: z.number(),
  failures: z.array(z.string()),
})

/** How many tests ended in which way; `failures` names those that failed, each with what it said first. */
export type Tally = z.infer<typeof tallySchema>

export const emptyTally: Tally = { passed: 0, failed: 0, skipped: 0, failures: [] }

export function addTallies(one: Tally, other: Tally): Tally {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: one.skipped + other.skipped,
    failures: [...one.failures, ...other.failures],
  }
}

/** The line that every test command ends with. */
export function tallyLine(tally: Tally): string {
  return `${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped`
}

/** What the summary reporter wrote; undefined when the run ended before it could. */
export function readTally(file: string): Tally | undefined {
  try {
    return tallySchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return undefined
  }
}
