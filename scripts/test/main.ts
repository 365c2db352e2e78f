// All suites, or those that are named; other arguments go on to vitest: `npm run test:unit -- contract -t glyph`.
import { prepareSuite, runSuite } from './run-suite.ts'
import { suites } from './suites.ts'
import type { Suite } from './suites.ts'
import { addTallies, emptyTally, tallyLine } from './tally.ts'
import type { Tally } from './tally.ts'

const args = process.argv.slice(2)
const named = suites.filter((suite) => args.includes(suite.name))
const chosen = named.length > 0 ? named : suites
const vitestArgs = args.filter((arg) => !suites.some((suite) => suite.name === arg))
// A suite that nobody could run is a failure where nobody reads along.
const unavailable: Tally = process.env.CI === 'true' ? { ...emptyTally, failed: 1 } : { ...emptyTally, skipped: 1 }

const notes: string[] = []
let whole = emptyTally
for (const [index, suite] of chosen.entries()) {
  console.log(`\n── ${suite.name} (${index + 1} of ${chosen.length}): ${suite.about}`)
  const startedAt = performance.now()
  const tally = await runOrExplain(suite)
  whole = addTallies(whole, tally)
  notes.push(`${suite.name.padEnd(8)} ${tallyLine(tally)} (${Math.round((performance.now() - startedAt) / 1000)} s)`)
}
console.log(`\n${[...notes, ...whole.failures.map((failure) => `✗ ${failure}`)].join('\n')}\n${tallyLine(whole)}`)
process.exitCode = whole.failed > 0 ? 1 : 0

async function runOrExplain(suite: Suite): Promise<Tally> {
  try {
    const obstacle = await prepareSuite(suite)
    if (obstacle === undefined) return await runSuite(suite, vitestArgs)
    shout(suite, obstacle)
    return unavailable
  } catch (error) {
    shout(suite, error instanceof Error ? error.message : String(error))
    return { ...emptyTally, failed: 1 }
  }
}

function shout(suite: Suite, obstacle: string): void {
  const banner = '!'.repeat(80)
  console.log(`\n${banner}\nThe suite ${suite.name} could not run: ${obstacle}\n${banner}`)
  notes.push(`${suite.name.padEnd(8)} COULD NOT RUN: ${obstacle.split('\n')[0] ?? ''}`)
}
