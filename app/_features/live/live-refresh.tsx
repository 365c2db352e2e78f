'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { listenForNotices } from '#app/_lib/notices.ts'

const SETTLE_MS = 150
const POLL_MS = 5_000
const WATCHED_POLL_MS = 30_000

/**
 * Draws the page anew when something of the team changed. While the stream of notices is away it asks every 5 seconds
 * instead; beside it every 30, since time alone makes a cluster offline. A page in the background waits until it is seen.
 */
export function LiveRefresh({ teamId }: { teamId: string }) {
  const router = useRouter()

  useEffect(() => {
    let settle: ReturnType<typeof setTimeout> | undefined
    let refreshedAtMs = Date.now()
    const refresh = () => {
      refreshedAtMs = Date.now()
      router.refresh()
    }
    const stream = listenForNotices(teamId, () => {
      clearTimeout(settle)
      settle = setTimeout(refresh, SETTLE_MS)
    })
    const poll = setInterval(() => {
      const due = stream.isOpen() ? WATCHED_POLL_MS : POLL_MS
      if (!document.hidden && Date.now() - refreshedAtMs >= due) refresh()
    }, POLL_MS)
    const onSeen = () => {
      if (!document.hidden) refresh()
    }
    document.addEventListener('visibilitychange', onSeen)
    return () => {
      stream.close()
      clearTimeout(settle)
      clearInterval(poll)
      document.removeEventListener('visibilitychange', onSeen)
    }
  }, [router, teamId])

  return null
}
