import type { LogLevel } from './config.ts'

const ranks: Record<LogLevel, number> = { debug: 10, info: 20, warn: 30, error: 40 }
const SECRETS = /\bkdy_[0-9A-Za-z_]+|\b[Bb]earer\s+[^\s"]+|\beyJ[\w-]+\.[\w-]+\.[\w-]+/g

export type LogFields = Record<string, string | number | boolean | null | undefined>

/** Writes one JSON line per message. `fields.error` is a text, never an object. */
export interface Log {
  debug(message: string, fields?: LogFields): void
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  error(message: string, fields?: LogFields): void
}

/** A log on stderr, so that stdout belongs to answers. Whatever looks like a key or a token is blanked, wherever it stands. */
export function createLog(
  level: LogLevel,
  write: (line: string) => void = (line) => void process.stderr.write(line),
): Log {
  const writer =
    (lineLevel: LogLevel) =>
    (message: string, fields: LogFields = {}) => {
      if (ranks[lineLevel] < ranks[level]) return
      const line = JSON.stringify({ time: new Date().toISOString(), level: lineLevel, message, ...fields })
      write(`${line.replace(SECRETS, '[secret]')}\n`)
    }
  return { debug: writer('debug'), info: writer('info'), warn: writer('warn'), error: writer('error') }
}

/** What an unknown error says, in one line. */
export function errorText(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, ' ').trim()
}
