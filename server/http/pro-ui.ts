import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { ServiceError } from '#server/core/errors.ts'
import { asksForGzip, matchesEtag } from './charts/conditional.ts'
import { proUiHeaders } from './pro-ui-headers.ts'
import type { ApiServices } from './services.ts'

type UiFile = { bytes: Buffer; gzipped: Buffer; type: string; etag: string }
type ProUi = { page: UiFile; assets: ReadonlyMap<string, UiFile> }

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json; charset=utf-8',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.ttf': 'font/ttf',
  '.png': 'image/png',
}

const assetParamsSchema = z.object({ '*': z.string() })

/**
 * The Pro web UI, as it was built when the process started: one document for every cluster, which holds nothing of any, and its
 * assets, whose names change with what is in them. Whoever opens it sees nothing without a token.
 */
export function answerProUi(server: FastifyInstance, services: ApiServices): void {
  const ui = readUi(services)
  const headers = proUiHeaders(services.env)
  server.get('/ui/teams/:teamId/clusters/:clusterId', async (req, reply) => {
    if (!ui) throw notBuilt()
    return send(req, reply.headers({ ...headers, 'cache-control': 'no-cache' }), ui.page)
  })
  server.get('/ui/assets/*', async (req, reply) => {
    if (!ui) throw notBuilt()
    const file = ui.assets.get(assetParamsSchema.parse(req.params)['*'])
    if (!file) throw new ServiceError('NOT_FOUND', 'This file is not part of the page any more. Load the page again.')
    return send(req, reply.headers({ ...headers, 'cache-control': 'public, max-age=31536000, immutable' }), file)
  })
  server.get('/ui', async () => {
    throw ui ? new ServiceError('NOT_FOUND', 'A page belongs to one cluster. Open it from your editor.') : notBuilt()
  })
}

function notBuilt(): ServiceError {
  return new ServiceError(
    'NOT_FOUND',
    'This server has no Pro page. Whoever runs it builds it by: npm run build, and names the folder in UI_DIR.',
  )
}

function send(req: FastifyRequest, reply: FastifyReply, file: UiFile): FastifyReply {
  const zipped = asksForGzip(req.headers['accept-encoding'])
  const etag = zipped ? file.etag.replace(/"$/, '-gzip"') : file.etag
  void reply.headers({ etag, vary: 'accept-encoding' })
  if (matchesEtag(req.headers['if-none-match'], etag)) return reply.code(304).send()
  if (zipped) void reply.header('content-encoding', 'gzip')
  return reply.type(file.type).send(zipped ? file.gzipped : file.bytes)
}

/** Read once and whole, so that a build beside a running process never mixes two versions. Null when it is not there. */
function readUi({ env, log }: ApiServices): ProUi | null {
  const folder = env.uiFolder
  if (folder === null) return null
  try {
    const names = readdirSync(join(folder, 'assets'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
    const assets = names.map((path) => [path.slice(join(folder, 'assets/').length), readFile(path)] as const)
    return { page: readFile(join(folder, 'index.html')), assets: new Map(assets) }
  } catch (error) {
    log.warn(
      { reason: error instanceof Error ? error.message : String(error) },
      'the Pro page of UI_DIR cannot be read',
    )
    return null
  }
}

function readFile(path: string): UiFile {
  const bytes = readFileSync(path)
  const sha256 = createHash('sha256').update(bytes).digest('base64url')
  const type = types[extname(path)] ?? 'application/octet-stream'
  return { bytes, gzipped: gzipSync(bytes), type, etag: `"${sha256}"` }
}
