'use client'

import { RouteError } from './_ui/route-error.tsx'
import type { RouteErrorProps } from './_ui/route-error.tsx'

export default function PageError(props: RouteErrorProps) {
  return (
    <main id="main" className="mx-auto grid max-w-6xl px-5 py-24">
      <RouteError {...props} />
    </main>
  )
}
