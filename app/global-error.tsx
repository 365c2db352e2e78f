'use client'

import './globals.css'

/** Stands in for the whole document when the root layout itself fails; every page carries it, so it imports nothing. */
export default function DocumentError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en">
      <head>
        <title>This page could not be loaded · kube9</title>
      </head>
      <body>
        <main id="main" className="mx-auto grid max-w-xl gap-3 px-5 py-24">
          <h1 className="text-lg font-semibold">This page could not be loaded</h1>
          <p>
            Something failed on our side. Try again; if it keeps failing, tell support the request id {error.digest}.
          </p>
          <p>
            <button type="button" onClick={reset} className="text-link underline">
              Try again
            </button>
          </p>
        </main>
      </body>
    </html>
  )
}
