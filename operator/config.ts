import { z } from 'zod'
import { STATUS_CONFIG_MAP } from '#contract/operator-status.ts'

/** Secret in which the operator keeps what it must know after a restart. The chart renders it empty. */
export const STATE_SECRET = 'kube9-operator-state'

/** File in `API_KEY_DIRECTORY` that holds the key; it is the Secret's key, too. */
export const API_KEY_FILE = 'apiKey'

const logLevels = ['debug', 'info', 'warn', 'error'] as const
export type LogLevel = (typeof logLevels)[number]

const MAX_TIMER_HOURS = 596

/** A whole number from text, within bounds, or its default when the variable is missing or empty. */
function wholeNumber(fallback: number, min: number, max: number, unit: string) {
  const teaching = `must be a whole number of ${unit} from ${min} to ${max}`
  return z.preprocess(
    (value) => (value === undefined || value === '' ? fallback : Number(value)),
    z.int(teaching).min(min, teaching).max(max, teaching),
  )
}

function flag(fallback: boolean) {
  const teaching = 'must be true or false'
  return z.preprocess(
    (value) => (value === undefined || value === '' ? String(fallback) : value),
    z.enum(['true', 'false'], teaching).transform((value) => value === 'true'),
  )
}

function text(fallback: string) {
  return z.preprocess((value) => (value === undefined || value === '' ? fallback : value), z.string())
}

/**
 * Every variable that the operator reads. Beside them Node itself reads `NODE_EXTRA_CA_CERTS`, `NODE_USE_ENV_PROXY`, `HTTP_PROXY`,
 * `HTTPS_PROXY` and `NO_PROXY`, and Kubernetes gives `KUBERNETES_SERVICE_HOST` and `KUBERNETES_SERVICE_PORT`.
 */
const environmentSchema = z.object({
  /** Where the operator runs, by the downward API. */
  POD_NAMESPACE: text(STATUS_CONFIG_MAP.defaultNamespace),
  /** Owner of the ConfigMaps that the operator makes. Empty: they have none. */
  DEPLOYMENT_NAME: text(''),
  LOG_LEVEL: z.preprocess(
    (value) => (value === undefined || value === '' ? 'info' : value),
    z.enum(logLevels, `must be one of ${logLevels.join(', ')}`),
  ),

  SERVER_URL: text('https://api.kube9.io').pipe(
    z
      .url({ protocol: /^https?$/, error: 'must be an address such as https://api.kube9.io' })
      .transform((url) => url.replace(/\/+$/, '')),
  ),
  /** Plain http to a host that is not this machine. The key then crosses the network in clear. */
  ALLOW_INSECURE_HTTP: flag(false),
  /** Folder of the mounted Secret; it may be empty, missing, and change at any time. */
  API_KEY_DIRECTORY: text('/etc/kube9/key'),

  STATUS_UPDATE_INTERVAL_SECONDS: wholeNumber(60, 10, 3600, 'seconds'),
  REREGISTRATION_INTERVAL_HOURS: wholeNumber(24, 1, MAX_TIMER_HOURS, 'hours'),

  ARGOCD_AUTO_DETECT: flag(true),
  /** `true` or `false` decides without looking; empty leaves it to the look. */
  ARGOCD_ENABLED: z.preprocess(
    (value) => (value === undefined || value === '' ? 'look' : value),
    z.enum(['true', 'false', 'look'], 'must be true or false, or left out'),
  ),
  ARGOCD_NAMESPACE: text('argocd'),
  ARGOCD_SELECTOR: text('app.kubernetes.io/name=argocd-server'),
  /** Hours between two looks for Argo CD. */
  ARGOCD_DETECTION_INTERVAL: wholeNumber(6, 1, MAX_TIMER_HOURS, 'hours'),

  /** Folder of the event store, writable. */
  EVENTS_DIRECTORY: text('/data'),
  EVENT_RETENTION_INFO_WARNING_DAYS: wholeNumber(7, 1, 3650, 'days'),
  EVENT_RETENTION_ERROR_CRITICAL_DAYS: wholeNumber(30, 1, 3650, 'days'),

  /** Port of /healthz, /readyz and /metrics; 0 takes a free one. */
  HTTP_PORT: wholeNumber(8080, 0, 65_535, 'a port'),
})

export type OperatorConfig = ReturnType<typeof readConfig>

/** The environment cannot be used. The message has one line per variable, which says how to mend it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/** Reads the environment once. Throws a `ConfigError` that names every wrong variable. */
export function readConfig(env: NodeJS.ProcessEnv) {
  const parsed = environmentSchema.safeParse(env)
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}.`)
    throw new ConfigError(lines.join('\n'))
  }
  const value = parsed.data
  return {
    namespace: value.POD_NAMESPACE,
    deploymentName: value.DEPLOYMENT_NAME,
    logLevel: value.LOG_LEVEL,
    server: { url: value.SERVER_URL, allowInsecureHttp: value.ALLOW_INSECURE_HTTP },
    apiKeyDirectory: value.API_KEY_DIRECTORY,
    statusUpdateIntervalSeconds: value.STATUS_UPDATE_INTERVAL_SECONDS,
    reregistrationIntervalHours: value.REREGISTRATION_INTERVAL_HOURS,
    argocd: {
      autoDetect: value.ARGOCD_AUTO_DETECT,
      enabled: value.ARGOCD_ENABLED,
      namespace: value.ARGOCD_NAMESPACE,
      selector: value.ARGOCD_SELECTOR,
      detectionIntervalHours: value.ARGOCD_DETECTION_INTERVAL,
    },
    events: {
      directory: value.EVENTS_DIRECTORY,
      retentionDays: {
        infoWarning: value.EVENT_RETENTION_INFO_WARNING_DAYS,
        errorCritical: value.EVENT_RETENTION_ERROR_CRITICAL_DAYS,
      },
    },
    httpPort: value.HTTP_PORT,
  }
}
