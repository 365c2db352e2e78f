import nextAuth from 'next-auth'
import type { ErrorCode } from '#contract/errors.ts'
import { asServiceError, errorAnswerOf } from '#server/core/error-answer.ts'
import type { ServiceError } from '#server/core/errors.ts'
import { portalServices } from '#server/platform/portal-services.ts'
import { createAuthOptions } from './auth-options.ts'
import { cookieName } from './cookies.ts'
import { AnswerRecorder } from './answer-recorder.ts'
import { defaultExport } from '#server/platform/default-export.ts'
import { openPortalRequest } from './portal-request.ts'
import type { PortalRequest } from './portal-request.ts'

const BASE_PATH = '/api/auth/'

/**
 * Everything under /api/auth: sign-in, sign-out and their callbacks. A refusal of ours is answered in the contract's form with
 * its status; all else as next-auth does. A magic link acts on POST alone.
 */
export async function handleAuth(req: Request): Promise<Response> {
  const url = new URL(req.url)
  const action = url.pathname.slice(BASE_PATH.length).split('/')
  if (!isOffered(req.method, action)) return Response.json(null, { status: 404 })
  let requestId = ''
  try {
    const ctx = await openPortalRequest(req.headers, new Headers())
    requestId = ctx.requestId
    return await askNextAuth(ctx, req, { action, query: Object.fromEntries(url.searchParams) })
  } catch (error) {
    return errorResponse(error, requestId)
  }
}

// `_log` lets anybody write into our log; a GET of a magic link is what mail scanners do.
function isOffered(method: string, [action, provider]: string[]): boolean {
  if (action === '_log') return false
  return !(method === 'GET' && action === 'callback' && provider === 'email')
}

type Call = { action: string[]; query: Record<string, string> }

async function askNextAuth(ctx: PortalRequest, req: Request, call: Call): Promise<Response> {
  let refusal: unknown
  const options = createAuthOptions(ctx, (error) => (refusal = error))
  const body = await readBody(req)
  const answer = new AnswerRecorder()
  const apiRequest = {
    method: req.method,
    headers: Object.fromEntries(req.headers),
    cookies: withoutSession(ctx, call, cookiesOf(req)),
    query: { ...call.query, nextauth: call.action },
    body,
  }
  await defaultExport<NextAuthForRequests>(nextAuth)(apiRequest, answer, options)
  if (refusal === undefined) return answer.toResponse()
  if (body.json === 'true') return errorResponse(refusal, ctx.requestId)
  return new Response(null, { status: 303, headers: { location: signInPageFor(asServiceError(refusal)) } })
}

/** The documented call with a request and an answer in the form of Next's API routes, of which it reads what we give. */
type NextAuthForRequests = (
  req: object,
  res: AnswerRecorder,
  options: ReturnType<typeof createAuthOptions>,
) => Promise<void>

async function readBody(req: Request): Promise<Record<string, unknown>> {
  if (req.method !== 'POST') return {}
  const text = await req.text()
  if (!req.headers.get('content-type')?.includes('application/json'))
    return Object.fromEntries(new URLSearchParams(text))
  const parsed: unknown = JSON.parse(text)
  return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {}
}

/** next-auth would tie another service's account to whoever is signed in already. Here whoever signs in does so anew. */
function withoutSession(ctx: PortalRequest, { action }: Call, cookies: Record<string, string>): Record<string, string> {
  if (action[0] !== 'callback') return cookies
  const session = cookieName('session', ctx.env.profile === 'hosted')
  return Object.fromEntries(Object.entries(cookies).filter(([name]) => !name.startsWith(session)))
}

function cookiesOf(req: Request): Record<string, string> {
  const pairs = (req.headers.get('cookie') ?? '').split(';').map((pair) => {
    const at = pair.indexOf('=')
    return [pair.slice(0, at).trim(), decode(pair.slice(at + 1).trim())] as const
  })
  return Object.fromEntries(pairs.filter(([name]) => name !== ''))
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}

function errorResponse(error: unknown, requestId: string): Response {
  const { status, body, retryAfterSeconds } = errorAnswerOf(error, requestId)
  const headers = new Headers({ 'cache-control': 'no-store' })
  if (retryAfterSeconds !== undefined) headers.set('retry-after', String(retryAfterSeconds))
  return Response.json({ ...body, url: signInPageFor(asServiceError(error)) }, { status, headers })
}

/** Names that the sign-in page has words for, in next-auth's manner. */
const pageErrors: Partial<Record<ErrorCode, string>> = {
  UNAUTHENTICATED: 'CredentialsSignin',
  INVALID_REQUEST: 'CredentialsSignin',
  TOO_MANY_REQUESTS: 'TooManyAttempts',
  SERVICE_UNAVAILABLE: 'Unavailable',
}

function signInPageFor(error: ServiceError): string {
  return `${portalServices().env.addresses.portal}/sign-in?error=${pageErrors[error.code] ?? 'Default'}`
}
