import { runCommand } from './cli.ts'

process.exitCode = await runCommand(process.argv.slice(2), process.env)
// Connections that are kept for the next request would hold the process for seconds.
process.exit()
