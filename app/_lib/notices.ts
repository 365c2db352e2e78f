export type NoticeStream = { isOpen: () => boolean; close: () => void }

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

/** Resolves when `signal` ends it; the browser connects again by itself. */
async function readStream(teamId: string, signal: AbortSignal, tell: (event: Broadcast) => void): Promise<void> {
  if (signal.aborted) return
  const source = new EventSource(`/api/events?team=${encodeURIComponent(teamId)}`)
  let lost = false
  source.addEventListener('open', () => {
    tell(lost ? 'notice' : 'open')
    lost = false
  })
  source.addEventListener('change', () => tell('notice'))
  source.addEventListener('read-again', () => tell('notice'))
  source.addEventListener('error', () => {
    lost = true
    tell('lost')
  })
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
  source.close()
}
