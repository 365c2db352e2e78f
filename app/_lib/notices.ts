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

/** Resolves when `signal` ends it; the browser connects again by itself. */
async function readStream(teamId: string, signal: AbortSignal, tell: (event: Broadcast) => void): Promise<void> {
  if (signal.aborted) return
  const source = new EventSource(`/api/events?team=${encodeURIComponent(teamId)}`)
  for (const event of ['open', 'change', 'read-again']) source.addEventListener(event, () => tell('notice'))
  source.addEventListener('error', () => tell('lost'))
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
  source.close()
}
