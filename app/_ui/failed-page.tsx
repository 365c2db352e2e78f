'use client'

import { useRouter } from 'next/navigation'
import { startTransition, useCallback, useEffect } from 'react'
import { Button } from './button.tsx'
import { CopyButton } from './copy-button.tsx'

const AGAIN_MS = 5_000

/** What a page shows when drawing it failed, until trying again, which it does by itself, succeeds. The digest is the request's id, by which the failure is found in the log. */
export function FailedPage({ digest, reset }: { digest: string | undefined; reset: () => void }) {
  const router = useRouter()
  const tryAgain = useCallback(() => {
    startTransition(() => {
      router.refresh()
      reset()
    })
  }, [router, reset])

  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) tryAgain()
    }, AGAIN_MS)
    return () => clearInterval(timer)
  }, [tryAgain])

  return (
    <div role="alert" className="grid max-w-xl gap-4 rounded-box border bg-surface p-6">
      <div className="grid gap-1">
        <h1 className="text-lg font-semibold">This page could not be loaded</h1>
        <p className="text-muted">
          Something failed on our side, and nothing that you entered was changed. This page tries again by itself; if it
          keeps failing, tell support the request id.
        </p>
      </div>
      {digest && (
        <p className="flex flex-wrap items-center gap-2 text-muted">
          Request id <code className="text-ink">{digest}</code>
          <CopyButton text={digest} label="Copy request id" iconOnly variant="quiet" />
        </p>
      )}
      <div>
        <Button variant="primary" onClick={tryAgain}>
          Try again
        </Button>
      </div>
    </div>
  )
}
