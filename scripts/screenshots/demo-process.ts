import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { freePort } from '#scripts/postgres/free-port.ts'

/** What the demo prints for people, read by a program. */
export interface DemoFacts {
  editorUrl: string
  dashboardUrl: string
  email: string
  password: string
}

export interface DemoProcess {
  facts: DemoFacts
  stop: () => Promise<void>
}

const DEMO = fileURLToPath(new URL('../demo/main.ts', import.meta.url))

/** Starts `npm run demo -- --editor` at ports of its own, and resolves when it is ready. */
export async function startDemoProcess(onLine: (text: string) => void): Promise<DemoProcess> {
  const ports = { PORTAL_PORT: await freePort(), API_PORT: await freePort(), EDITOR_PORT: await freePort() }
  const env = { ...process.env, ...Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, `${port}`])) }
  const child = spawn(process.execPath, [DEMO, '--editor'], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  let output = ''
  const facts = await new Promise<DemoFacts>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text
      onLine(text.trim())
      const found = readFacts(output)
      if (found) resolve(found)
    })
    ended.then(() => reject(new Error('The demo ended before it was ready.')), reject)
  })
  const stop = async () => {
    child.kill('SIGINT')
    await ended
  }
  return { facts, stop }
}

function readFacts(output: string): DemoFacts | null {
  if (!output.includes('Ctrl-C stops')) return null
  const after = (label: string) => new RegExp(`^ +${label} +(\\S+)`, 'm').exec(output)?.[1] ?? ''
  const password = /password: (.+)$/m.exec(output)?.[1] ?? ''
  return { editorUrl: after('Editor'), dashboardUrl: after('Portal'), email: after('Sign in'), password }
}
