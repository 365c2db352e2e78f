'use client'

import { Button } from './button.tsx'
import { ErrorState } from './error-state.tsx'

/** What a page shows when drawing it failed. The digest finds the failure in the server's log. */
export function RouteError({ digest, reset }: { digest: string | undefined; reset: () => void }) {
  return (
    <ErrorState
      title="This page could not be loaded"
      requestId={digest}
      action={
        <Button variant="primary" onClick={reset}>
          Try again
        </Button>
      }
    >
      Something failed on our side, and nothing you entered was changed. Try again; if it keeps failing, tell support
      the request id.
    </ErrorState>
  )
}
