'use client'

import { lazy, Suspense } from 'react'

// Every page carries this file and few ever need it, so what it shows is loaded when one does.
const FailedPage = lazy(async () => ({ default: (await import('./failed-page.tsx')).FailedPage }))

/** What Next hands to an error page. The digest is the id of the request that failed. */
export type RouteErrorProps = { error: Error & { digest?: string }; reset: () => void }

export function RouteError({ error, reset }: RouteErrorProps) {
  return (
    <Suspense fallback={<h1>This page could not be loaded</h1>}>
      <FailedPage digest={error.digest} reset={reset} />
    </Suspense>
  )
}
