import { z } from 'zod'
import { parseVersionedSecrets } from './versioned-secrets.ts'
import type { VersionedSecrets } from './versioned-secrets.ts'

/** What the environment says, read once per process and grouped by concern. A group that is not configured is null. */
export type Env = {
  readonly profile: Profile
  readonly logLevel: string
  readonly bindAddress: string
  readonly portalPort: number
  readonly apiPort: number
  /** Where the worker says that it is ready and what it measured; null when it has no port. */
  readonly workerPort: number | null
  /** Public addresses without a slash at the end. Links in mails and answers are made from these, never from a header. */
  readonly addresses: { readonly portal: string; readonly api: string; readonly charts: string }
  readonly database: { readonly url: string }
  readonly keyPeppers: VersionedSecrets
  readonly authSecret: string
  /** Seals what lies encrypted in the database. */
  readonly signingSecret: string
  readonly smtp: { readonly url: string; readonly from: string } | null
  /** The development mailbox; local alone. */
  readonly mailbox: { readonly folder: string; readonly smtpPort: number } | null
  readonly github: { readonly clientId: string; readonly clientSecret: string; readonly url: string } | null
  readonly stripe: { readonly secretKey: string; readonly webhookSecret: string; readonly url: string | null } | null
  /** How many proxies in front of the process may be believed about X-Forwarded-For. */
  readonly trustedProxyHops: number
  readonly heartbeatSeconds: number
  /** Pace of the collections of our operators. */
  readonly collectionSeconds: number
  readonly chartsFolder: string | null
  /** Where the built Pro web UI lies; without it, the API has no page. */
  readonly uiFolder: string | null
  readonly metricsToken: string | null
  readonly editorOrigins: readonly string[]
}
export type Profile = 'local' | 'hosted'
export type EnvSource = Readonly<Record<string, string | undefined>>

/** The environment is not usable. `message` is one line that says what to change; it never repeats a value. */
export class EnvError extends Error {
  override name = 'EnvError'
}

/** Parses the environment. Throws EnvError for the first thing that is wrong. */
export function readEnv(source: EnvSource): Env {
  // An empty variable is what a shell or a chart leaves for "not set".
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = variablesSchema.safeParse(given)
  if (!parsed.success) throw new EnvError(lineOf(parsed.error))
  const env = groupVariables(parsed.data)
  checkProfile(env)
  return env
}

/** For composition roots: parses `process.env`, or prints the one line and ends the process with code 1. */
export function loadEnv(): Env {
  try {
    return readEnv(process.env)
  } catch (error) {
    if (!(error instanceof EnvError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  }
}

const LOOPBACK_NAME = /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\]|::1)$/

/** True for a host name or address that only this machine reaches. */
export function isLoopbackHost(host: string): boolean {
  return LOOPBACK_NAME.test(host)
}

const PRIVATE_ADDRESS = /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|\[f[cd])/

/** True for an address that no packet from the internet reaches: this machine, or a private network. */
function isInsideHost(host: string): boolean {
  return isLoopbackHost(host) || PRIVATE_ADDRESS.test(host)
}

const port = z.coerce
  .number('is not a port number')
  .int('is not a port number')
  .min(0, 'is not a port number')
  .max(65_535, 'is not a port number')

const address = z
  .url({ protocol: /^https?$/, error: 'is not an http(s) address, such as https://app.example.com' })
  .transform((text) => text.replace(/\/+$/, ''))

const secret = z
  .string()
  .min(32, 'is too short. Give at least 32 characters, for example from: openssl rand -base64 32')

const variablesSchema = z.object({
  KUBE9_PROFILE: z.enum(['local', 'hosted'], 'is neither local nor hosted').default('hosted'),
  LOG_LEVEL: z
    .enum(
      ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
      'is none of trace, debug, info, warn, error, fatal',
    )
    .default('info'),
  BIND_ADDRESS: z.string().optional(),
  PORTAL_PORT: port.default(3000),
  API_PORT: port.default(4000),
  WORKER_PORT: port.optional(),
  PORTAL_URL: address.optional(),
  API_URL: address.optional(),
  CHARTS_URL: address.optional(),
  DATABASE_URL: z.url({
    protocol: /^postgres(ql)?$/,
    error: (issue) =>
      issue.input === undefined
        ? 'is missing. Give the address of a PostgreSQL ≥ 15: postgresql://kube9_app:…@host:5432/kube9'
        : 'is not a PostgreSQL address, such as postgresql://kube9_app:…@host:5432/kube9',
  }),
  KEY_PEPPERS: z
    .string(
      'is missing. Without it no API key can be checked. Give 1:<secret>, for example: KEY_PEPPERS="1:$(openssl rand -base64 32)"',
    )
    .transform(
      (text, context) =>
        parseVersionedSecrets(text) ??
        faultIn(
          context,
          'is not of the form 1:<base64>,2:<base64> with at least 32 bytes each. Make one with: openssl rand -base64 32',
        ),
    ),
  AUTH_SECRET: z.string('is missing. Give a secret of at least 32 characters: openssl rand -base64 32').pipe(secret),
  SIGNING_SECRET: z.string('is missing. Give a secret of at least 32 characters: openssl rand -base64 32').pipe(secret),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: 'is not an SMTP address, such as smtps://user:password@mail.example.com:465' })
    .optional(),
  MAIL_FROM: z.string().optional(),
  MAILBOX_DIR: z.string().optional(),
  MAILBOX_SMTP_PORT: port.optional(),
  GITHUB_CLIENT_ID: z.string().optional(),
  GITHUB_CLIENT_SECRET: z.string().optional(),
  GITHUB_URL: address.default('https://github.com'),
  STRIPE_SECRET_KEY: z.string().optional(),
  STRIPE_WEBHOOK_SECRET: z.string().optional(),
  STRIPE_URL: address.optional(),
  TRUSTED_PROXY_HOPS: z.coerce
    .number('is not a number of proxies')
    .int('is not a number of proxies')
    .min(0, 'is below 0')
    .max(10, 'is above 10')
    .default(0),
  HEARTBEAT_SECONDS: z.coerce
    .number('is not a number of seconds')
    .int('is not a whole number of seconds')
    .min(1, 'is below 1 second')
    .max(60, 'is above 60 seconds, the longest that a revoked key may go unnoticed')
    .default(30),
  COLLECTION_SECONDS: z.coerce
    .number('is not a number of seconds')
    .int('is not a whole number of seconds')
    .min(1, 'is below 1 second')
    .max(86_400, 'is above a day, 86400 seconds')
    .default(300),
  CHARTS_DIR: z.string().optional(),
  UI_DIR: z.string().optional(),
  METRICS_TOKEN: secret.optional(),
  EDITOR_ORIGINS: z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    )
    .pipe(
      z.array(
        z
          .url({
            protocol: /^https?$/,
            error:
              'holds something that is no origin. Give origins with commas between them: https://editor.example.com',
          })
          .transform((text) => new URL(text).origin),
      ),
    ),
})
type Variables = z.infer<typeof variablesSchema>

function faultIn(context: z.RefinementCtx, message: string): never {
  context.addIssue({ code: 'custom', message })
  return z.NEVER
}

function lineOf(error: z.ZodError): string {
  const [first, ...more] = error.issues
  const rest = more.length > 0 ? ` (${more.length} more of the settings need a look after that.)` : ''
  return `${String(first?.path[0] ?? 'The environment')} ${first?.message ?? 'cannot be read'}${rest}`
}

function groupVariables(given: Variables): Env {
  const local = given.KUBE9_PROFILE === 'local'
  return {
    profile: given.KUBE9_PROFILE,
    logLevel: given.LOG_LEVEL,
    bindAddress: given.BIND_ADDRESS ?? (local ? '127.0.0.1' : '::'),
    portalPort: given.PORTAL_PORT,
    apiPort: given.API_PORT,
    workerPort: given.WORKER_PORT ?? null,
    addresses: groupAddresses(given),
    database: { url: given.DATABASE_URL },
    keyPeppers: given.KEY_PEPPERS,
    authSecret: given.AUTH_SECRET,
    signingSecret: given.SIGNING_SECRET,
    ...groupServices(given),
    trustedProxyHops: given.TRUSTED_PROXY_HOPS,
    heartbeatSeconds: given.HEARTBEAT_SECONDS,
    collectionSeconds: given.COLLECTION_SECONDS,
    chartsFolder: given.CHARTS_DIR ?? null,
    uiFolder: given.UI_DIR ?? null,
    metricsToken: given.METRICS_TOKEN ?? null,
    editorOrigins: given.EDITOR_ORIGINS,
  }
}

function groupAddresses(given: Variables): Env['addresses'] {
  const local = given.KUBE9_PROFILE === 'local'
  const localPortal = local ? `http://localhost:${given.PORTAL_PORT}` : undefined
  const localApi = local ? `http://localhost:${given.API_PORT}` : undefined
  const portal = given.PORTAL_URL ?? localPortal ?? missing('PORTAL_URL', 'the public address of the portal')
  const api = given.API_URL ?? localApi ?? missing('API_URL', 'the public address of the API')
  return { portal, api, charts: given.CHARTS_URL ?? `${portal}/charts` }
}

function groupServices(given: Variables): Pick<Env, 'smtp' | 'mailbox' | 'github' | 'stripe'> {
  const smtp = pair(given, 'SMTP_URL', 'MAIL_FROM')
  const github = pair(given, 'GITHUB_CLIENT_ID', 'GITHUB_CLIENT_SECRET')
  const stripe = pair(given, 'STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET')
  return {
    smtp: smtp && { url: smtp[0], from: smtp[1] },
    mailbox:
      given.MAILBOX_DIR === undefined ? null : { folder: given.MAILBOX_DIR, smtpPort: given.MAILBOX_SMTP_PORT ?? 2525 },
    github: github && { clientId: github[0], clientSecret: github[1], url: given.GITHUB_URL },
    stripe: stripe && { secretKey: stripe[0], webhookSecret: stripe[1], url: given.STRIPE_URL ?? null },
  }
}

type TextVariable =
  | 'SMTP_URL'
  | 'MAIL_FROM'
  | 'GITHUB_CLIENT_ID'
  | 'GITHUB_CLIENT_SECRET'
  | 'STRIPE_SECRET_KEY'
  | 'STRIPE_WEBHOOK_SECRET'

/** Two settings that only work together: both, or null for neither. */
function pair(given: Variables, one: TextVariable, other: TextVariable): [string, string] | null {
  const [first, second] = [given[one], given[other]]
  if (first !== undefined && second !== undefined) return [first, second]
  if (first === undefined && second === undefined) return null
  const [lacking, present] = first === undefined ? [one, other] : [other, one]
  throw new EnvError(`${lacking} is missing. ${present} is set, and the two only work together.`)
}

function missing(name: string, meaning: string): never {
  throw new EnvError(`${name} is missing. Give ${meaning}, such as https://kube9.example.com`)
}

function checkProfile(env: Env): void {
  const addresses = { PORTAL_URL: env.addresses.portal, API_URL: env.addresses.api, CHARTS_URL: env.addresses.charts }
  if (env.profile === 'local') return checkLocal(env, addresses)
  for (const [name, url] of Object.entries(addresses)) {
    const { protocol, hostname } = new URL(url)
    if (protocol === 'http:' && !isInsideHost(hostname))
      throw new EnvError(`${name} is plain http. Give an https address: keys and sessions travel to it.`)
  }
  if (env.mailbox)
    throw new EnvError(
      'MAILBOX_DIR is for the local profile alone. Remove it, and give SMTP_URL and MAIL_FROM to send mail.',
    )
}

function checkLocal(env: Env, addresses: Record<string, string>): void {
  if (!isLoopbackHost(env.bindAddress)) {
    throw new EnvError(
      'BIND_ADDRESS reaches beyond this machine, which the local profile refuses. Leave it out, or set KUBE9_PROFILE=hosted.',
    )
  }
  for (const [name, url] of Object.entries(addresses)) {
    if (!isLoopbackHost(new URL(url).hostname)) {
      throw new EnvError(
        `${name} is not an address of this machine, which the local profile refuses. Leave it out, or set KUBE9_PROFILE=hosted.`,
      )
    }
  }
}
