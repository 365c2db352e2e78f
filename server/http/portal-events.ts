import { openPortalRequest } from '#server/auth/portal-request.ts'
import type { PortalRequest } from '#server/auth/portal-request.ts'
import { authorise } from '#server/core/authorise.ts'
import { errorAnswerOf } from '#server/core/error-answer.ts'
import { ServiceError } from '#server/core/errors.ts'
import type { ChangeNotice } from '#contract/portal-api.ts'

/** A second of the promised five is left for the check itself. */
const AUTHORISE_EVERY_MS = 4_000
const HEARTBEAT_EVERY_MS = 15_000
/** Browsers come back spread over this time, so that a restart is not met by all of them at once. */
const RETRY_MS = { least: 1_000, spread: 4_000 }
const MAX_STREAMS = 5_000

const TEAM = /^[0-9a-f]{8}-[0-9a-f-]{27}$/

let openStreams = 0

/**
 * GET /api/events?team=<id>: what changes in a team, as server-sent events. `event: change` carries a ChangeNotice, `event:
 * read-again` means that some may have been lost. Whoever may not see the team any more is cut off at the next notice, or
 * within 5 s.
 */
export async function streamPortalEvents(req: Request): Promise<Response> {
  const teamId = new URL(req.url).searchParams.get('team') ?? ''
  try {
    if (!TEAM.test(teamId)) throw new ServiceError('INVALID_REQUEST', 'Name the team: ?team=<id>.')
    const ctx = await openPortalRequest(req.headers, null)
    authorise(ctx, 'team.read', { teamId })
    if (openStreams >= MAX_STREAMS)
      throw new ServiceError(
        'SERVICE_UNAVAILABLE',
        'Too many pages are listening. This one asks from time to time instead.',
      )
    return new Response(eventStream(ctx, req, teamId), { headers: STREAM_HEADERS })
  } catch (error) {
    const { status, body, retryAfterSeconds } = errorAnswerOf(error, '')
    return Response.json(body, {
      status,
      headers: retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) },
    })
  }
}

const STREAM_HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
}

function eventStream(ctx: PortalRequest, req: Request, teamId: string): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let end = () => {}
  return new ReadableStream<Uint8Array>({
    start(controller) {
      let open = true
      // A check of rights may come back when the stream has ended.
      const write = (text: string) => {
        if (open) controller.enqueue(encoder.encode(text))
      }
      const stillAllowed = () => mayListen(req, teamId)
      const subscription = subscribe(ctx, teamId, { write, stillAllowed, end: () => end() })
      openStreams += 1
      end = () => {
        end = () => {}
        open = false
        openStreams -= 1
        subscription.close()
        ctx.services.ending.removeEventListener('abort', onEnding)
        closeQuietly(controller)
      }
      const onEnding = () => end()
      ctx.services.ending.addEventListener('abort', onEnding)
      req.signal.addEventListener('abort', onEnding, { once: true })
      write(`retry: ${retryMs()}\n\n`)
    },
    cancel() {
      end()
    },
  })
}

type Listener = { write(text: string): void; stillAllowed(): Promise<boolean>; end(): void }

function subscribe(ctx: PortalRequest, teamId: string, listener: Listener): { close(): void } {
  const check = async (): Promise<boolean> => {
    const allowed = await listener.stillAllowed()
    if (!allowed) listener.end()
    return allowed
  }
  const onChange = async (notice: ChangeNotice) => {
    if (notice.teamId === teamId && (await check()))
      listener.write(`event: change\ndata: ${JSON.stringify(notice)}\n\n`)
  }
  const onReadAgain = async () => {
    if (await check()) listener.write('event: read-again\ndata: {}\n\n')
  }
  const unsubscribe = ctx.services.changes.subscribe({
    onChange: (notice) => void onChange(notice),
    onReadAgain: () => void onReadAgain(),
  })
  const timers = [
    setInterval(() => void check(), AUTHORISE_EVERY_MS),
    setInterval(() => listener.write(': still here\n\n'), HEARTBEAT_EVERY_MS),
  ]
  return {
    close() {
      unsubscribe()
      for (const timer of timers) clearInterval(timer)
    },
  }
}

/** Read anew from the database, by the cookie that opened the stream. Away counts as no: streams fail closed. */
async function mayListen(req: Request, teamId: string): Promise<boolean> {
  try {
    authorise(await openPortalRequest(req.headers, null), 'team.read', { teamId })
    return true
  } catch {
    return false
  }
}

function retryMs(): number {
  return Math.round(RETRY_MS.least + Math.random() * RETRY_MS.spread)
}

function closeQuietly(controller: ReadableStreamDefaultController): void {
  try {
    controller.close()
  } catch {
    // The browser went first.
  }
}
