import { RequestAnswerer } from './answer-requests.ts'
import { canConnect, createDatabase, describeFailure, dropDatabase } from './database-commands.ts'
import { readInvocation } from './invocation.ts'
import { engineCommit } from './load-engine.ts'

const commands: Record<string, (url: string) => Promise<unknown>> = {
  'can-connect-to-database': canConnect,
  'create-database': createDatabase,
  'drop-database': dropDatabase,
}

const invocation = readInvocation(process.argv.slice(2))
if (invocation.showVersion) {
  console.log(`schema-engine-wasm ${engineCommit()}`)
} else if (invocation.command !== undefined) {
  process.exitCode = await runCommand(invocation.command, invocation.url ?? '')
} else {
  await new RequestAnswerer(invocation).run(process.stdin)
  process.exit(0)
}

async function runCommand(name: string, url: string): Promise<number> {
  log('INFO', { message: 'Starting the schema engine' }) // The CLI leaves the first line unread.
  try {
    const command = commands[name]
    if (!command) throw new Error(`The schema engine has no command ${name}.`)
    await command(url)
    log('INFO', { message: 'Done' })
    return 0
  } catch (error) {
    log('ERROR', { is_panic: false, ...describeFailure(error) })
    return 1
  }
}

function log(level: string, fields: Record<string, unknown>): void {
  const line = { timestamp: new Date().toISOString(), level, fields, target: 'schema_engine::logger' }
  process.stderr.write(`${JSON.stringify(line)}\n`)
}
