// `npm test`, or some of its suites by name: `node scripts/test.mjs unit e2e`.
import { handOver } from './hand-over.mjs'

handOver('scripts/test/main.ts', process.argv.slice(2))
