import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { clusterReferenceSchema } from '#contract/cluster-report.ts'
import type { ClusterReference } from '#contract/cluster-report.ts'
import { WEBVIEW_EVENTS_PATH } from '#contract/extension-api.ts'
import type { ChangeNotice } from '#contract/portal-api.ts'
import { requireWatchable } from '#server/domain/cluster-reports/index.ts'
import { EVENT_STREAM_HEADERS, eventStream, requireRoomForStream } from './event-stream.ts'
import { editorContextOf } from './extension-caller.ts'
import type { ApiServices } from './services.ts'
import { StreamPlaces } from './stream-places.ts'

/** A page has one; another may be on its way out when it comes back. */
const MAX_STREAMS_OF_TOKEN = 4

/**
 * What changes of one cluster, for a page inside an editor. The stream hangs on its token, on the plan, and on the key of the
 * cluster: when one of them ends, the page is told to read again, which says why, and is cut off.
 */
export function answerExtensionEvents(server: FastifyInstance, services: ApiServices): void {
  const places = new StreamPlaces(MAX_STREAMS_OF_TOKEN)
  server.get(WEBVIEW_EVENTS_PATH, { exposeHeadRoute: false }, async (req, reply) => {
    const ctx = await editorContextOf(services, req)
    const reference = clusterReferenceSchema.parse(req.query)
    const { id } = await requireWatchable(ctx, reference)
    requireRoomForStream()
    const token = createHash('sha256').update(req.headers.authorization ?? '')
    const release = places.take(token.digest('base64url'))
    const gone = new AbortController()
    req.raw.once('close', () => gone.abort())
    const stream = eventStream({
      changes: services.changes,
      endedBy: [services.ending, gone.signal],
      concerns: (notice) => meaningOf(notice, reference, id),
      mayListen: async () => {
        await requireWatchable(await editorContextOf(services, req), reference)
        return true
      },
      saysFarewell: true,
      onEnd: release,
    })
    // Kept for a next request, the connection would hold up the end of the process.
    return reply.headers({ ...EVENT_STREAM_HEADERS, connection: 'close' }).send(stream)
  })
}

/** Of its own cluster and plan a page hears; of keys and editors of the team it only looks whether it was them. */
function meaningOf(notice: ChangeNotice, { teamId }: ClusterReference, id: string): 'tell' | 'check' | 'nothing' {
  if (notice.teamId !== teamId) return 'nothing'
  if (notice.kind === 'team') return 'tell'
  if (notice.kind === 'cluster') return notice.id === id ? 'tell' : 'nothing'
  return notice.kind === 'api-key' || notice.kind === 'editor' ? 'check' : 'nothing'
}
