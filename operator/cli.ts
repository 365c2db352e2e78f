import { ConfigError, readConfig } from './config.ts'
import { createLog, errorText } from './log.ts'
import { OPERATOR_VERSION } from './version.ts'

const HELP = `kube9-operator ${OPERATOR_VERSION}

  run                 run the operator (what its Deployment does)
  status [--json]     what the operator published last
  query events list   events as JSON: [--object-namespace=NS] [--object-kind=KIND] [--since=ISO] [--limit=N] [--offset=N]
  egress list         what left the cluster last, newest first: [--limit=N] [--format=json]
  egress show ID      the body of one of these requests, byte for byte: [--format=json]
  deregister          say goodbye to the server (what helm uninstall does)
  version
`

/** Runs one command and answers with the exit code. Each is loaded when it is called, so that a query stays small. */
export async function runCommand([command = 'help', ...rest]: string[], env: NodeJS.ProcessEnv): Promise<number> {
  switch (command) {
    case 'run':
      return run(env)
    case 'status':
      return (await import('./status/print-status.ts')).printStatus(rest, env)
    case 'query':
      return (await import('./events/query-command.ts')).runQuery(rest, env)
    case 'egress':
      return (await import('./egress/egress-command.ts')).runEgress(rest, env)
    case 'deregister':
      return (await import('./registration/deregister.ts')).deregister(env)
    case 'version':
      process.stdout.write(`${OPERATOR_VERSION}\n`)
      return 0
    case 'help':
    case '--help':
      process.stdout.write(HELP)
      return 0
    default:
      process.stderr.write(`There is no command ${command}.\n\n${HELP}`)
      return 1
  }
}

async function run(env: NodeJS.ProcessEnv): Promise<number> {
  try {
    const { runOperator } = await import('./run.ts')
    await runOperator(readConfig(env), env)
    return 0
  } catch (error) {
    const message = error instanceof ConfigError ? 'The settings cannot be used.' : 'The operator cannot start.'
    createLog('error').error(message, { error: errorText(error) })
    return 1
  }
}
