'use client'

import { RouteError } from '#app/_ui/route-error.tsx'

export default function TeamError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return <RouteError digest={error.digest} reset={reset} />
}
