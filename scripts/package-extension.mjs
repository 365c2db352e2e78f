// `npm run package:extension`: builds the extension and says where its .vsix lies.
import { handOver } from './hand-over.mjs'

handOver('scripts/build/extension/main.ts', process.argv.slice(2))
