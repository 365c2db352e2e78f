import { z } from 'zod'
import { errorStatuses } from '#contract/errors.ts'
import type { ErrorBody, ErrorCode } from '#contract/errors.ts'
import { ServiceError } from './errors.ts'

/** An error as it goes over any wire. `retryAfterSeconds` is a whole number: old clients break on dates. */
export type ErrorAnswer = { status: number; body: ErrorBody; retryAfterSeconds: number | undefined }

const shortNames: Record<ErrorCode, string> = {
  INVALID_REQUEST: 'Bad Request',
  INVALID_API_KEY: 'Unauthorized',
  API_KEY_EXPIRED: 'Unauthorized',
  UNAUTHENTICATED: 'Unauthorized',
  SUBSCRIPTION_REQUIRED: 'Payment Required',
  FORBIDDEN: 'Forbidden',
  CLUSTER_LIMIT_REACHED: 'Forbidden',
  INVALID_CLUSTER_TOKEN: 'Conflict',
  NOT_FOUND: 'Not Found',
  CONFLICT: 'Conflict',
  CLUSTER_FORKED: 'Conflict',
  PAYLOAD_TOO_LARGE: 'Payload Too Large',
  TOO_MANY_REQUESTS: 'Too Many Requests',
  SERVER_ERROR: 'Internal Server Error',
  SERVICE_UNAVAILABLE: 'Service Unavailable',
}

const LONGEST_RETRY_SECONDS = 3600

/** The one mapping from what a verb throws to what a caller reads. What is not a known error says nothing of itself. */
export function errorAnswerOf(error: unknown, requestId: string): ErrorAnswer {
  const known = asServiceError(error)
  const body: ErrorBody = { error: shortNames[known.code], code: known.code, message: known.message, requestId }
  if (known.details) body.details = known.details
  return { status: errorStatuses[known.code], body, retryAfterSeconds: retryAfterOf(known) }
}

/** Turns anything that was thrown into the closed set of errors. */
export function asServiceError(error: unknown): ServiceError {
  if (error instanceof ServiceError) return error
  if (error instanceof z.ZodError) return invalidRequest(error)
  if (isOrWraps(error, saysAway)) return serviceUnavailable(error)
  if (isOrWraps(error, saysUnstorable)) return unstorableText(error)
  return new ServiceError(
    'SERVER_ERROR',
    'Something failed on our side. Try again; if it stays, tell us the request id.',
    { cause: error },
  )
}

/** For a dependency that is away: the caller may come back soon, spread over some seconds so that not all come at once. */
export function serviceUnavailable(cause: unknown): ServiceError {
  const retryAfterSeconds = 5 + Math.floor(Math.random() * 10)
  return new ServiceError(
    'SERVICE_UNAVAILABLE',
    'The service is not available right now. Nothing is wrong with your key or your plan; try again soon.',
    {
      retryAfterSeconds,
      cause,
    },
  )
}

/** The first thing that is wrong with an input, with the path of its field. */
export function invalidRequest(error: z.ZodError): ServiceError {
  const issue = error.issues[0]
  const field = issue?.path.join('.') || 'body'
  return new ServiceError(
    'INVALID_REQUEST',
    `The request is not valid: ${field}: ${issue?.message ?? 'cannot be read'}`,
    {
      details: { field, issue: issue?.message ?? 'cannot be read' },
      cause: error,
    },
  )
}

/** PostgreSQL keeps no NUL, neither in a text nor in JSON: no schema of ours asks for one, so it is the caller's to mend. */
function unstorableText(cause: unknown): ServiceError {
  return new ServiceError(
    'INVALID_REQUEST',
    'A text in the request holds a character that cannot be stored (NUL, or half of a pair). Take it out and send again.',
    { cause },
  )
}

/** Who is refused for a time is always told for how long. */
const DEFAULT_RETRY_SECONDS: Partial<Record<ErrorCode, number>> = { TOO_MANY_REQUESTS: 60, SERVICE_UNAVAILABLE: 10 }

function retryAfterOf(error: ServiceError): number | undefined {
  const seconds = error.retryAfterSeconds ?? DEFAULT_RETRY_SECONDS[error.code]
  return seconds === undefined ? undefined : Math.min(Math.max(Math.ceil(seconds), 1), LONGEST_RETRY_SECONDS)
}

// Prisma: not reached, timed out, closed, no connection free, no transaction begun in time.
const PRISMA_CODES = ['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2037']
// Connection faults, shutting down, starting, too many connections, cancelled for time, read-only stand-by.
const POSTGRES_CODES = [
  '08000',
  '08001',
  '08003',
  '08004',
  '08006',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '57014',
  '55P03',
  '25006',
]
const SYSTEM_CODES = [
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EPIPE',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]
const AWAY_CODES = new Set([...PRISMA_CODES, ...POSTGRES_CODES, ...SYSTEM_CODES])
const AWAY_KINDS = new Set([
  'DatabaseNotReachable',
  'ConnectionClosed',
  'TooManyConnections',
  'SocketTimeout',
  'TlsConnectionError',
])
const AWAY_MESSAGE =
  /Query read timeout|timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error/

// A NUL in a text, and one in JSON. JSON that we made fails as JSON only for half a surrogate pair.
const UNSTORABLE_CODES = new Set(['22021', '22P05'])
const UNSTORABLE_MESSAGE = /invalid input syntax for type json/

type Fault = z.infer<typeof faultSchema>

/** Looks through an error and its causes, since driver and adapter wrap one another. */
function isOrWraps(error: unknown, says: (fault: Fault) => boolean, depth = 0): boolean {
  const { success, data } = faultSchema.safeParse(error)
  if (!success || depth > 5) return false
  return says(data) || [data.cause, data.meta?.driverAdapterError].some((inner) => isOrWraps(inner, says, depth + 1))
}

const text = z.string().catch('')
const faultSchema = z.object({
  code: text,
  originalCode: text,
  kind: text,
  message: text,
  cause: z.unknown().optional(),
  meta: z.object({ driverAdapterError: z.unknown().optional() }).optional().catch(undefined),
})

function saysAway({ code, originalCode, kind, message }: Fault): boolean {
  return AWAY_CODES.has(code) || AWAY_CODES.has(originalCode) || AWAY_KINDS.has(kind) || AWAY_MESSAGE.test(message)
}

function saysUnstorable({ code, originalCode, message }: Fault): boolean {
  return UNSTORABLE_CODES.has(code) || UNSTORABLE_CODES.has(originalCode) || UNSTORABLE_MESSAGE.test(message)
}
