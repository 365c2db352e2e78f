import { openPortalRequest } from '#server/auth/portal-request.ts'
import { authorise } from '#server/core/authorise.ts'
import { errorAnswerOf } from '#server/core/error-answer.ts'
import { ServiceError } from '#server/core/errors.ts'
import { EVENT_STREAM_HEADERS, eventStream, requireRoomForStream } from './event-stream.ts'
import { StreamPlaces } from './stream-places.ts'

/** A browser has one for each team, whatever its tabs; another may be on its way out when it comes back. */
const MAX_STREAMS_OF_SESSION = 12

const places = new StreamPlaces(MAX_STREAMS_OF_SESSION)
const TEAM = /^[0-9a-f]{8}-[0-9a-f-]{27}$/

/**
 * GET /api/events?team=<id>: what changes in a team, as server-sent events, for who may see the team by the cookie that opened
 * the stream.
 */
export async function streamPortalEvents(req: Request): Promise<Response> {
  // Next answers HEAD with what answers GET, and would neither read nor end the stream.
  if (req.method !== 'GET') return new Response(null, { status: 405, headers: { allow: 'GET' } })
  const teamId = new URL(req.url).searchParams.get('team') ?? ''
  try {
    if (!TEAM.test(teamId)) throw new ServiceError('INVALID_REQUEST', 'Name the team: ?team=<id>.')
    const ctx = await openPortalRequest(req.headers, null)
    authorise(ctx, 'team.read', { teamId })
    requireRoomForStream()
    const onEnd = places.take(ctx.actor.kind === 'user' ? ctx.actor.sessionId : '')
    // A request's signal hears of an abort as long as the request is kept, which `mayListen` does.
    const stream = eventStream({
      changes: ctx.services.changes,
      endedBy: [ctx.services.ending, req.signal],
      concerns: (notice) => (notice.teamId === teamId ? 'tell' : 'nothing'),
      mayListen: () => mayListen(req, teamId),
      onEnd,
    })
    return new Response(stream, { headers: EVENT_STREAM_HEADERS })
  } catch (error) {
    const { status, body, retryAfterSeconds } = errorAnswerOf(error, '')
    return Response.json(body, {
      status,
      headers: retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) },
    })
  }
}

async function mayListen(req: Request, teamId: string): Promise<boolean> {
  authorise(await openPortalRequest(req.headers, null), 'team.read', { teamId })
  return true
}
