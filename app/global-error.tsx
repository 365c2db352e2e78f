'use client'

import './globals.css'
import { RouteError } from './_ui/route-error.tsx'

/** Stands in for the whole document when the root layout itself fails. */
export default function DocumentError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en">
      <head>
        <title>This page could not be loaded · kube9</title>
      </head>
      <body>
        <main id="main" className="mx-auto grid max-w-6xl px-5 py-24">
          <RouteError digest={error.digest} reset={reset} />
        </main>
      </body>
    </html>
  )
}
