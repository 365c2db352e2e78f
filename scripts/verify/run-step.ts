import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

export interface Step {
  name: string
  /** A program of node_modules/.bin and its arguments. */
  command: [program: string, ...args: string[]]
}

export interface StepResult {
  passed: boolean
  seconds: number
  output: string
}

const repository = fileURLToPath(new URL('../..', import.meta.url))

/** Runs a step to its end, keeping what it prints. A program that cannot be started is a step that failed. */
export async function runStep(step: Step): Promise<StepResult> {
  const [program, ...args] = step.command
  const startedAt = performance.now()
  const child = spawn(`${repository}node_modules/.bin/${program}`, args, {
    cwd: repository,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const chunks: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk))
  let passed = false
  try {
    const [code] = (await once(child, 'close')) as [number | null]
    passed = code === 0
  } catch (error) {
    chunks.push(Buffer.from(error instanceof Error ? error.message : String(error)))
  }
  return { passed, seconds: (performance.now() - startedAt) / 1000, output: Buffer.concat(chunks).toString('utf8') }
}
