import { vi } from 'vitest'

const PATIENCE_MS = 20_000
const { waitFor } = vi

// `expect.poll` is given its patience by the configuration; this one has no setting, and a second of its own.
vi.waitFor = (check, options = {}) =>
  waitFor(check, typeof options === 'number' ? options : { timeout: PATIENCE_MS, ...options })
