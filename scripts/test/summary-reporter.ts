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
    const outside = tallyOfErrors('outside every test', unhandledErrors)
    const whole = modules.map(tallyOf).reduce(addTallies, outside)
    const file = process.env.KUBE9_TALLY_FILE
    if (file === undefined) process.stdout.write(`${tallyLine(whole)}\n`)
    else writeFileSync(file, JSON.stringify(whole))
  }
}

function tallyOf(module: TestModule): Tally {
  const { children, relativeModuleId: file } = module
  let tally = tallyOfErrors(file, module.errors())
  for (const suite of children.allSuites()) {
    tally = addTallies(tally, tallyOfErrors(`${file} > ${suite.fullName}`, suite.errors()))
  }
  for (const test of children.allTests()) {
    const { state, errors } = test.result()
    if (state === 'passed') tally.passed++
    else if (state !== 'failed') tally.skipped++
    else tally = addTallies(tally, tallyOfErrors(`${file} > ${test.fullName}`, errors.slice(0, 1)))
  }
  return tally
}

function tallyOfErrors(where: string, errors: readonly unknown[]): Tally {
  return { ...emptyTally, failed: errors.length, failures: errors.map((error) => `${where}: ${firstLine(error)}`) }
}

function firstLine(error: unknown): string {
  const { message } = error as { message?: unknown }
  return String(message ?? error).split('\n')[0] ?? ''
}
