// The fast gate, `npm run verify`: one line per step, and the output of those that failed. Arguments choose steps by name.
import { availableParallelism } from 'node:os'
import { generatePrismaClient } from './prisma/generate.ts'
import { runStep } from './verify/run-step.ts'
import type { Step } from './verify/run-step.ts'
import { steps } from './verify/steps.ts'

const startedAt = performance.now()
const wanted = process.argv.slice(2)
const queue = steps.filter((step) => wanted.length === 0 || wanted.some((name) => step.name.startsWith(name)))
const count = queue.length
const failures: string[] = []

async function work(): Promise<void> {
  for (let step = queue.shift(); step; step = queue.shift()) await report(step)
}

async function report(step: Step): Promise<void> {
  const result = await runStep(step)
  console.log(`${result.passed ? '✓' : '✗'} ${step.name} (${result.seconds.toFixed(1)} s)`)
  if (!result.passed) failures.push(`── ${step.name}\n${result.output.trim()}\n`)
}

if (generatePrismaClient()) console.log('✓ database client generated')
await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, work))
for (const failure of failures) console.log(`\n${failure}`)
const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
console.log(
  failures.length === 0 ? `verified in ${seconds} s` : `${failures.length} of ${count} steps failed in ${seconds} s`,
)
process.exitCode = failures.length === 0 ? 0 : 1
