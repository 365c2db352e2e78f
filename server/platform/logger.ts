import pino from 'pino'

export type Logger = pino.Logger

const SECRET_FIELDS = ['authorization', 'cookie', 'password', 'token', 'apiKey', 'key', 'secret', 'clusterToken']

/** JSON lines on stdout. Fields that hold secrets are cut out by name at two depths, as a second net. */
export function createLogger(options: { name: string; level: string }): Logger {
  return pino({
    name: options.name,
    level: options.level,
    redact: { paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]), censor: '[secret]' },
    timestamp: pino.stdTimeFunctions.isoTime,
  })
}
