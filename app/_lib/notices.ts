export type NoticeStream = { isOpen: () => boolean; close: () => void }

const AGAIN_MS = 4_000

type Broadcast = 'notice' | 'open' | 'lost'

/**
 * Hears that something of a team changed. All tabs of a browser share one stream: the tab that holds the lock reads it and
 * tells the others; when it closes, the next tab takes over. A stream that was lost and came back counts as a notice.
 */
export function listenForNotices(teamId: string, onNotice: () => void): NoticeStream {
  const name = `kube9-notices-${teamId}`
  const channel = new BroadcastChannel(name)
  const ended = new AbortController()
  let open = false

  const hear = (event: Broadcast) => {
    open = event !== 'lost'
    if (event === 'notice') onNotice()
  }
  const tellAll = (event: Broadcast) => {
    if (ended.signal.aborted) return
    hear(event)
    channel.postMessage(event)
  }
  channel.addEventListener('message', ({ data }: MessageEvent<Broadcast>) => hear(data))
  navigator.locks
    .request(name, { signal: ended.signal }, () => readStream(teamId, ended.signal, tellAll))
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

/** Resolves when `signal` ends it, and reads on after every failure until then. */
async function readStream(teamId: string, signal: AbortSignal, tell: (event: Broadcast) => void): Promise<void> {
  let lost = false
  while (!signal.aborted) {
    await readOnce(teamId, signal, (event) => {
      tell(event === 'open' && lost ? 'notice' : event)
      if (event !== 'notice') lost = event === 'lost'
    })
    await pause(AGAIN_MS * (0.5 + Math.random()), signal)
  }
}

/** One connection. A browser mends a broken one by itself, and gives up for good when it is answered with an error. */
function readOnce(teamId: string, signal: AbortSignal, tell: (event: Broadcast) => void): Promise<void> {
  const source = new EventSource(`/api/events?team=${encodeURIComponent(teamId)}`)
  return new Promise((resolve) => {
    const end = () => {
      source.close()
      resolve()
    }
    signal.addEventListener('abort', end, { once: true })
    source.addEventListener('open', () => tell('open'))
    source.addEventListener('change', () => tell('notice'))
    source.addEventListener('read-again', () => tell('notice'))
    source.addEventListener('error', () => {
      tell('lost')
      if (source.readyState === EventSource.CLOSED) end()
    })
  })
}

function pause(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, delayMs)
    const end = () => {
      clearTimeout(timer)
      resolve()
    }
    signal.addEventListener('abort', end, { once: true })
  })
}
