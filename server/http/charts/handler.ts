import type { IncomingMessage, ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import { openChartRepository } from '#server/domain/charts/index.ts'
import type { ChartRepository, ChartSnapshot } from '#server/domain/charts/index.ts'
import type { Logger } from '#server/platform/logger.ts'
import { asksForGzip, matchesEtag } from './conditional.ts'
import { routeChartRequest } from './route.ts'
import type { ChartAddress, ChartRoute } from './route.ts'

export type ChartHandlerOptions = ChartAddress & {
  /** Folder that `scripts/build/charts.ts` wrote. */
  directory: string
  log: Pick<Logger, 'error'>
}

type Answer = { bytes: Buffer; etag: string; headers: Record<string, string> }

/** Chart files are made by others one day: a browser that opens one must neither guess its type nor run it. */
const SAFE_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "default-src 'none'; sandbox",
  'Cross-Origin-Resource-Policy': 'cross-origin',
}

/**
 * The classic Helm repository, for a node:http server. The function answers a repository's request and returns true, or
 * returns false and leaves the request untouched. GET and HEAD only; it reads and sets no cookie.
 */
export function createChartHandler(
  options: ChartHandlerOptions,
): (req: IncomingMessage, res: ServerResponse) => boolean {
  const repository = openChartRepository(options.directory)
  const compressed = new WeakMap<Buffer, Buffer>()
  return (req, res) => {
    const route = routeChartRequest(options, req.headers.host, req.url ?? '/')
    if (!route) return false
    answer({ req, res, route, repository, compressed, options }).catch((error: unknown) => {
      options.log.error({ err: error }, 'the chart repository cannot be read')
      if (!res.headersSent) refuse(res, 503, 'The charts cannot be read right now. Try again in a minute.')
    })
    return true
  }
}

type Exchange = {
  req: IncomingMessage
  res: ServerResponse
  route: ChartRoute
  repository: ChartRepository
  compressed: WeakMap<Buffer, Buffer>
  options: ChartHandlerOptions
}

async function answer({ req, res, route, repository, compressed, options }: Exchange): Promise<void> {
  if (req.method !== 'GET' && req.method !== 'HEAD') {
    res.setHeader('Allow', 'GET, HEAD')
    return refuse(res, 405, 'A chart repository is only read: use GET or HEAD.')
  }
  const found = route.kind === 'unknown' ? null : find(await repository.snapshot(), route)
  if (!found) {
    return refuse(res, 404, `There is no such file. Add this repository with: helm repo add kube9 ${options.chartsUrl}`)
  }
  send(req, res, route.kind === 'index' ? negotiate(req, found, compressed) : found)
}

function find(snapshot: ChartSnapshot, route: Exclude<ChartRoute, { kind: 'unknown' }>): Answer | null {
  if (route.kind === 'index') {
    return {
      bytes: snapshot.index.bytes,
      etag: `"${snapshot.index.sha256}"`,
      headers: {
        'Content-Type': 'application/json; charset=utf-8',
        'Cache-Control': 'no-cache',
        Vary: 'Accept-Encoding',
      },
    }
  }
  const chart = snapshot.packages.get(route.fileName)
  if (!chart) return null
  return {
    bytes: chart.bytes,
    etag: `"${chart.sha256}"`,
    headers: {
      'Content-Type': 'application/gzip',
      'Cache-Control': 'public, max-age=31536000, immutable',
      'Content-Disposition': `attachment; filename="${route.fileName}"`,
    },
  }
}

function negotiate(req: IncomingMessage, plain: Answer, compressed: WeakMap<Buffer, Buffer>): Answer {
  if (!asksForGzip(req.headers['accept-encoding'])) return plain
  const bytes = compressed.get(plain.bytes) ?? gzipSync(plain.bytes)
  compressed.set(plain.bytes, bytes)
  // Another body, so another strong tag.
  const etag = plain.etag.replace(/"$/, '-gzip"')
  return { bytes, etag, headers: { ...plain.headers, 'Content-Encoding': 'gzip' } }
}

function send(req: IncomingMessage, res: ServerResponse, { bytes, etag, headers }: Answer): void {
  const common = { ...SAFE_HEADERS, ETag: etag }
  if (matchesEtag(req.headers['if-none-match'], etag)) {
    const { 'Cache-Control': caching, Vary: vary } = headers
    res.writeHead(304, { ...common, ...(caching && { 'Cache-Control': caching }), ...(vary && { Vary: vary }) }).end()
    return
  }
  res.writeHead(200, { ...common, ...headers, 'Content-Length': bytes.length })
  res.end(req.method === 'HEAD' ? undefined : bytes)
}

function refuse(res: ServerResponse, status: number, text: string): void {
  const body = `${text}\n`
  res.writeHead(status, {
    ...SAFE_HEADERS,
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    ...(status === 503 && { 'Retry-After': '60' }),
  })
  // node:http drops the body of an answer to HEAD by itself.
  res.end(body)
}
