import type { IncomingMessage, ServerResponse } from 'node:http'
import { timingSafeEqual } from 'node:crypto'
import type { PortalServices } from '#server/platform/portal-services.ts'
import type { PortalMetrics } from './portal-metrics.ts'

const PROBE_TIMEOUT_MS = 2_000
const LOOPBACK = /^(::1|(::ffff:)?127\.\d{1,3}\.\d{1,3}\.\d{1,3})$/

/** /healthz, /readyz and /metrics, which answer under any host name and never touch Next. True when it took the request. */
export function createHealthHandler(
  services: PortalServices,
  metrics: PortalMetrics,
): (req: IncomingMessage, res: ServerResponse) => boolean {
  return (req, res) => {
    const path = req.url?.split('?')[0]
    if (path === '/healthz') answer(res, 200, 'ok')
    else if (path === '/readyz') void answerReadiness(services, res)
    else if (path === '/metrics') void answerMetrics(services, metrics, req, res)
    else return false
    return true
  }
}

async function answerReadiness({ db, ending, log }: PortalServices, res: ServerResponse): Promise<void> {
  if (ending.aborted) return answer(res, 503, 'ending')
  const timeout = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error('the database did not answer in time')), PROBE_TIMEOUT_MS).unref()
  })
  try {
    await Promise.race([db.$queryRaw`SELECT 1`, timeout])
    answer(res, 200, 'ready')
  } catch (error) {
    log.warn({ reason: error instanceof Error ? error.message : String(error) }, 'not ready')
    answer(res, 503, 'the database does not answer')
  }
}

async function answerMetrics(
  { env }: PortalServices,
  metrics: PortalMetrics,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  if (!mayReadMetrics(req, env.metricsToken)) return answer(res, 404, 'not found')
  const text = await metrics.registry.metrics()
  res.writeHead(200, { 'content-type': metrics.registry.contentType, 'cache-control': 'no-store' }).end(text)
}

/** With the token when one is configured; otherwise this machine alone, and not through a proxy on it. */
function mayReadMetrics(req: IncomingMessage, token: string | null): boolean {
  if (token !== null) return sameText(req.headers.authorization ?? '', `Bearer ${token}`)
  const forwarded = req.headers['x-forwarded-for'] ?? req.headers.forwarded
  return forwarded === undefined && LOOPBACK.test(req.socket.remoteAddress ?? '')
}

function sameText(given: string, wanted: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)]
  return one.length === other.length && timingSafeEqual(one, other)
}

function answer(res: ServerResponse, status: number, text: string): void {
  res.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }).end(`${text}\n`)
}
