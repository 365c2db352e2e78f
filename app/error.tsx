'use client'

import { RouteError } from './_ui/route-error.tsx'

export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main id="main" className="mx-auto grid max-w-6xl px-5 py-24">
      <RouteError digest={error.digest} reset={reset} />
    </main>
  )
}
