import { ServiceError } from '#server/core/errors.ts'
import type { ChangeNotice } from '#contract/portal-api.ts'
import type { ChangeListener } from '#server/platform/events.ts'

/** Two seconds of the promised five are left for the check itself, on a machine that is busy. */
const AUTHORISE_EVERY_MS = 3_000
const HEARTBEAT_EVERY_MS = 15_000
/** Clients come back spread over this time, so that a restart is not met by all of them at once. */
const RETRY_MS = { least: 1_000, spread: 4_000 }
const MAX_STREAMS = 5_000
/** Who reads nothing of so much has gone, or wants our memory. */
const MAX_UNREAD_CHUNKS = 1_000

let openStreams = 0

export const EVENT_STREAM_HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
}

export type EventStreamOptions = {
  changes: ChangeListener
  /** Each of these ends the stream: the process ends, or the client went. */
  endedBy: readonly AbortSignal[]
  /** What a notice means to this stream: pass it on, only look whether it may go on, or nothing. */
  concerns: (notice: ChangeNotice) => 'tell' | 'check' | 'nothing'
  /** Rights, read anew. Away counts as no: streams fail closed. */
  mayListen: () => Promise<boolean>
  /** Whether who is cut off is told to look why. */
  saysFarewell?: boolean
  onEnd?: () => void
}

/** Throws SERVICE_UNAVAILABLE when this process has as many streams as it may have. */
export function requireRoomForStream(): void {
  if (openStreams < MAX_STREAMS) return
  throw new ServiceError(
    'SERVICE_UNAVAILABLE',
    'Too many pages are listening. This one asks from time to time instead.',
  )
}

/**
 * Server-sent events: `event: change` carries a ChangeNotice, `event: read-again` means that some may have been lost. Whoever may
 * not listen any more is cut off at the next notice, or within 5 s.
 */
export function eventStream(options: EventStreamOptions): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let end = () => {}
  return new ReadableStream<Uint8Array>({
    start(controller) {
      let open = true
      // A check of rights may come back when the stream has ended.
      const write = (text: string) => {
        if (!open) return
        controller.enqueue(encoder.encode(text))
        if ((controller.desiredSize ?? 0) < -MAX_UNREAD_CHUNKS) end()
      }
      const unsubscribe = subscribe(options, { write, end: () => end() })
      openStreams += 1
      const onEnding = () => end()
      end = () => {
        end = () => {}
        open = false
        openStreams -= 1
        unsubscribe()
        for (const signal of options.endedBy) signal.removeEventListener('abort', onEnding)
        options.onEnd?.()
        closeQuietly(controller)
      }
      for (const signal of options.endedBy) signal.addEventListener('abort', onEnding)
      write(`retry: ${retryMs()}\n\n`)
      if (options.endedBy.some((signal) => signal.aborted)) end()
    },
    cancel() {
      end()
    },
  })
}

/** Gives back what ends it. */
function subscribe(
  { changes, concerns, mayListen, saysFarewell }: EventStreamOptions,
  listener: { write(text: string): void; end(): void },
): () => void {
  const readAgain = () => listener.write('event: read-again\ndata: {}\n\n')
  const check = async (): Promise<boolean> => {
    const allowed = await mayListen().catch(() => false)
    if (allowed) return true
    if (saysFarewell) readAgain()
    listener.end()
    return false
  }
  const onChange = async (notice: ChangeNotice) => {
    const meaning = concerns(notice)
    if (meaning === 'nothing' || !(await check())) return
    if (meaning === 'tell') listener.write(`event: change\ndata: ${JSON.stringify(notice)}\n\n`)
  }
  const onReadAgain = async () => {
    if (await check()) readAgain()
  }
  const unsubscribe = changes.subscribe({
    onChange: (notice) => void onChange(notice),
    onReadAgain: () => void onReadAgain(),
  })
  const timers = [
    setInterval(() => void check(), AUTHORISE_EVERY_MS),
    setInterval(() => listener.write(': still here\n\n'), HEARTBEAT_EVERY_MS),
  ]
  return () => {
    unsubscribe()
    for (const timer of timers) clearInterval(timer)
  }
}

function retryMs(): number {
  return Math.round(RETRY_MS.least + Math.random() * RETRY_MS.spread)
}

function closeQuietly(controller: ReadableStreamDefaultController): void {
  try {
    controller.close()
  } catch {
    // The client went first.
  }
}
