// `npm start`: the portal, the API and the worker on this machine.
import { handOver } from './hand-over.mjs'

handOver('scripts/start/main.ts', process.argv.slice(2))
