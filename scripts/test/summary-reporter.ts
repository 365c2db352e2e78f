import { writeFileSync } from 'node:fs'
import type { Reporter, TestModule } from 'vitest/node'
import { addTallies, emptyTally, tallyLine } from './tally.ts'
import type { Tally } from './tally.ts'

/**
 * Ends a run with one line of numbers, and writes them to the file that KUBE9_TALLY_FILE names. A file that cannot be
 * loaded, a set-up that throws and an error outside every test count as failures.
 */
export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const whole = modules.map(tallyOf).reduce(addTallies, { ...emptyTally, failed: unhandledErrors.length })
    const file = process.env.KUBE9_TALLY_FILE
    if (file === undefined) process.stdout.write(`${tallyLine(whole)}\n`)
    else writeFileSync(file, JSON.stringify(whole))
  }
}

function tallyOf(module: TestModule): Tally {
  const tally: Tally = { ...emptyTally, failed: module.errors().length }
  for (const suite of module.children.allSuites()) tally.failed += suite.errors().length
  for (const test of module.children.allTests()) {
    const { state } = test.result()
    if (state === 'passed') tally.passed++
    else if (state === 'failed') tally.failed++
    else tally.skipped++
  }
  return tally
}
