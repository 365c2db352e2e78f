import { EmptyState } from '../parts/empty-state.tsx'

/** Twice the pace that the server asks for unless it is set otherwise: clusters are spread over it, and one may have to try again. */
const FIRST_ROUND_MINUTES = 10

/** Nothing of this kind has come yet. */
export function NothingCollected({ what }: { what: string }) {
  return (
    <EmptyState kind="none-yet" title={`No ${what} collected yet`}>
      The first collection comes within {FIRST_ROUND_MINUTES} minutes of registering, and appears here by itself.
      Operators of the first generation send none that this page can show.
    </EmptyState>
  )
}
