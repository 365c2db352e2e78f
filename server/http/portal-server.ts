import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { REQUEST_ID_HEADER } from '#contract/headers.ts'
import { errorAnswerOf } from '#server/core/error-answer.ts'
import { ServiceError } from '#server/core/errors.ts'
import type { PortalServices } from '#server/platform/portal-services.ts'
import { createChartHandler } from './charts/handler.ts'
import { clientAddressOf } from './client-address.ts'
import { refusalOf } from './portal-guard.ts'
import type { Refusal } from './portal-guard.ts'
import { createHealthHandler } from './portal-health.ts'
import { createPortalMetrics } from './portal-metrics.ts'
import type { PortalMetrics } from './portal-metrics.ts'
import { contentSecurityPolicy, createNonce, securityHeaders } from './security-headers.ts'

export type PageHandler = (req: IncomingMessage, res: ServerResponse) => Promise<void>

const HEADERS_TIMEOUT_MS = 10_000
const REQUEST_TIMEOUT_MS = 30_000
const KEEP_ALIVE_MS = 65_000
const MAX_HEADER_BYTES = 16 * 1024

/** Input of the client that the pages' server would believe. */
const UNTRUSTED_HEADERS =
  /^(x-forwarded-.*|forwarded|x-real-ip|x-nonce|content-security-policy.*|x-middleware-.*|x-request-id)$/

/**
 * The portal in front of its pages: chart repository and health first, then host, origin and size of the request, then
 * `handlePage` with headers that may be believed. Every answer carries the security headers and a request id.
 */
export function createPortalServer(
  services: PortalServices,
  handlePage: PageHandler,
  options: { dev: boolean },
): Server {
  const metrics = createPortalMetrics()
  const charts = chartHandlerOf(services)
  const health = createHealthHandler(services, metrics)
  const ownHosts = [services.env.addresses.portal, services.env.addresses.charts].map((url) => new URL(url).host)
  const server = createServer(
    {
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
    },
    (req, res) => {
      if (ownHosts.includes(req.headers.host?.toLowerCase() ?? '') && charts(req, res)) return
      if (health(req, res)) return
      const requestId = randomUUID()
      res.setHeader(REQUEST_ID_HEADER, requestId)
      observe(services, metrics, { req, res, requestId })
      const refusal = refusalOf(req, services.env.addresses.portal)
      if (refusal) return refuse(res, refusal, requestId)
      prepare(services, { req, res, requestId, dev: options.dev })
      handlePage(req, res).catch((error: unknown) => fail(services, { req, res, requestId }, error))
    },
  )
  return server
}

function chartHandlerOf({ env, log }: PortalServices): (req: IncomingMessage, res: ServerResponse) => boolean {
  if (env.chartsFolder === null) return () => false
  return createChartHandler({
    directory: env.chartsFolder,
    chartsUrl: env.addresses.charts,
    portalUrl: env.addresses.portal,
    log,
  })
}

type Exchange = { req: IncomingMessage; res: ServerResponse; requestId: string }

/** Replaces what the client said about itself by what we know, and sets the headers of the answer. */
function prepare({ env }: PortalServices, { req, res, requestId, dev }: Exchange & { dev: boolean }): void {
  const address = clientAddressOf(req, env.trustedProxyHops)
  for (const name of Object.keys(req.headers)) {
    if (UNTRUSTED_HEADERS.test(name)) delete req.headers[name]
  }
  const portal = new URL(env.addresses.portal)
  const security = { portalUrl: env.addresses.portal, hosted: env.profile === 'hosted', dev }
  const nonce = createNonce()
  const policy = contentSecurityPolicy(nonce, security)
  Object.assign(req.headers, {
    'x-forwarded-for': address,
    'x-forwarded-host': portal.host,
    'x-forwarded-proto': portal.protocol.slice(0, -1),
    [REQUEST_ID_HEADER]: requestId,
    'x-nonce': nonce,
    'content-security-policy': policy,
  })
  res.setHeader('content-security-policy', policy)
  for (const [name, value] of Object.entries(securityHeaders(security))) res.setHeader(name, value)
}

/** One line for each request, by its path alone: queries hold links that sign people in. */
function observe({ log }: PortalServices, metrics: PortalMetrics, { req, res, requestId }: Exchange): void {
  const startedAt = performance.now()
  const path = loggedPathOf(req)
  const kind = kindOf(path)
  res.once('close', () => {
    const durationMs = Math.round(performance.now() - startedAt)
    metrics.observe({ kind, status: res.statusCode, seconds: durationMs / 1000 })
    const level = kind === 'asset' ? 'debug' : 'info'
    log[level]({ requestId, method: req.method, path, status: res.statusCode, durationMs }, 'request')
  })
}

/** A path without its query, and without a key, should somebody have put one into it. */
function loggedPathOf(req: IncomingMessage): string {
  const [path = '/'] = (req.url ?? '/').split('?')
  return path.replaceAll(/kdy_\w+/g, 'kdy_…')
}

function kindOf(path: string): string {
  if (path === '/api/events') return 'stream'
  if (path.startsWith('/api/')) return 'api'
  return path.startsWith('/_next/') ? 'asset' : 'page'
}

function refuse(res: ServerResponse, refusal: Refusal, requestId: string): void {
  const { body } = errorAnswerOf(new ServiceError(refusal.code, refusal.message), requestId)
  // The rest of a body that nobody reads must not be taken for the next request.
  res.setHeader('connection', 'close')
  res
    .writeHead(refusal.status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
    .end(JSON.stringify(body))
}

function fail({ log }: PortalServices, { req, res, requestId }: Exchange, error: unknown): void {
  log.error({ err: error, requestId, path: loggedPathOf(req) }, 'a page failed')
  if (res.headersSent) {
    res.destroy()
    return
  }
  refuse(
    res,
    { status: 500, code: 'SERVER_ERROR', message: 'Something failed on our side. Reload the page.' },
    requestId,
  )
}
