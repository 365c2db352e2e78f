import type { Metadata } from 'next'
import { ButtonLink } from './_ui/button-link.tsx'
import { ErrorState } from './_ui/error-state.tsx'

export const metadata: Metadata = { title: 'Not found' }

export default function NotFound() {
  return (
    <main id="main" className="mx-auto grid max-w-6xl px-5 py-24">
      <ErrorState
        title="There is nothing at this address"
        action={
          <ButtonLink href="/" variant="primary">
            Go to the start page
          </ButtonLink>
        }
      >
        The page was moved or removed, or you may not see it. Check the address, or sign in with another account.
      </ErrorState>
    </main>
  )
}
