import { z } from 'zod'

/** Every code that any of our services answers with, and the HTTP status it always goes with. */
export const errorStatuses = {
  INVALID_REQUEST: 400,
  INVALID_API_KEY: 401,
  API_KEY_EXPIRED: 401,
  UNAUTHENTICATED: 401,
  SUBSCRIPTION_REQUIRED: 402,
  FORBIDDEN: 403,
  CLUSTER_LIMIT_REACHED: 403,
  INVALID_CLUSTER_TOKEN: 409,
  NOT_FOUND: 404,
  CONFLICT: 409,
  CLUSTER_FORKED: 409,
  PAYLOAD_TOO_LARGE: 413,
  TOO_MANY_REQUESTS: 429,
  SERVER_ERROR: 500,
  SERVICE_UNAVAILABLE: 503,
} as const

export type ErrorCode = keyof typeof errorStatuses

const errorCodes = Object.keys(errorStatuses) as [ErrorCode, ...ErrorCode[]]
export const errorCodeSchema = z.enum(errorCodes)

/** Body of every error. `error` is a short name for old clients, `message` is for people. */
export const errorBodySchema = z.object({
  error: z.string(),
  code: errorCodeSchema,
  message: z.string(),
  requestId: z.string().optional(),
  details: z
    .object({
      field: z.string().optional(),
      issue: z.string().optional(),
      since: z.iso.datetime().optional(),
      manageUrl: z.url().optional(),
    })
    .optional(),
})
export type ErrorBody = z.infer<typeof errorBodySchema>
export type ErrorDetails = NonNullable<ErrorBody['details']>

/** The codes by which a server says that key or plan is refused; they beat any entitlement token. */
export const refusalCodes = [
  'INVALID_API_KEY',
  'API_KEY_EXPIRED',
  'SUBSCRIPTION_REQUIRED',
  'FORBIDDEN',
  'CLUSTER_LIMIT_REACHED',
] as const satisfies readonly ErrorCode[]
export type RefusalCode = (typeof refusalCodes)[number]

export function isRefusal(code: ErrorCode): code is RefusalCode {
  return (refusalCodes as readonly ErrorCode[]).includes(code)
}
