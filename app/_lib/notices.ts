export type NoticeStream = { isOpen: () => boolean; close: () => void }

type Broadcast = 'notice' | 'lost' | 'hello'

/**
 * Hears that something of a team may have changed. All tabs of a browser share one stream: the tab that holds the lock reads
 * it and tells the others; when it closes, the next tab takes over. The first notice comes as soon as the stream is there,
 * since what changed between the drawing of the page and that moment was heard by nobody.
 */
export function listenForNotices(teamId: string, onNotice: () => void): NoticeStream {
  const name = `kube9-notices-${teamId}`
  const channel = new BroadcastChannel(name)
  const ended = new AbortController()
  let open = false
  let leads = false

  const hear = (event: Broadcast) => {
    open = event !== 'lost'
    if (event === 'notice') onNotice()
  }
  const tellAll = (event: Broadcast) => {
    if (ended.signal.aborted) return
    hear(event)
    channel.postMessage(event)
  }
  channel.addEventListener('message', ({ data }: MessageEvent<Broadcast>) => {
    if (data !== 'hello') hear(data)
    else if (leads && open) tellAll('notice')
  })
  channel.postMessage('hello' satisfies Broadcast)
  navigator.locks
    .request(name, { signal: ended.signal }, () => {
      leads = true
      return readStream(teamId, ended.signal, tellAll)
    })
    // The wait for the lock was ended by close().
    .catch(() => undefined)

  return {
    isOpen: () => open,
    close: () => {
      ended.abort()
      channel.close()
    },
  }
}

const FIRST_WAIT_MS = 2_000
const LONGEST_WAIT_MS = 60_000

/** Resolves when `signal` ends it. */
async function readStream(teamId: string, signal: AbortSignal, tell: (event: Broadcast) => void): Promise<void> {
  let waitMs = FIRST_WAIT_MS
  while (!signal.aborted) {
    const wasOpen = await readOnce(teamId, signal, tell)
    waitMs = wasOpen ? FIRST_WAIT_MS : Math.min(waitMs * 2, LONGEST_WAIT_MS)
    await rest(waitMs, signal)
  }
}

/**
 * Reads until the browser gives up, as it does at the first answer that is an error; after a broken connection it connects again by
 * itself. Gives back whether there was a stream at all.
 */
async function readOnce(teamId: string, signal: AbortSignal, tell: (event: Broadcast) => void): Promise<boolean> {
  const source = new EventSource(`/api/events?team=${encodeURIComponent(teamId)}`)
  let wasOpen = false
  source.addEventListener('open', () => (wasOpen = true))
  for (const event of ['open', 'change', 'read-again']) source.addEventListener(event, () => tell('notice'))
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true })
    source.addEventListener('error', () => {
      tell('lost')
      if (source.readyState === EventSource.CLOSED) resolve()
    })
  })
  source.close()
  return wasOpen
}

/** With some chance in it, so that not every browser comes at once to a server that is back. */
function rest(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms * (0.75 + Math.random() / 2))
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
