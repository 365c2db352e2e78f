// `npm run demo`: what `npm start` does, with a cluster to look at.
import { handOver } from './hand-over.mjs'

handOver('scripts/demo/main.ts', process.argv.slice(2))
