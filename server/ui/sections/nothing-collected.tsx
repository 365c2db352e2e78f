import { EmptyState } from '../parts/empty-state.tsx'

/** Minutes after registration by which the operator sent each of its collections once. */
const FIRST_ROUND_MINUTES = 15

/** Nothing of this kind has come yet. */
export function NothingCollected({ what }: { what: string }) {
  return (
    <EmptyState kind="none-yet" title={`No ${what} collected yet`}>
      The first collection comes within {FIRST_ROUND_MINUTES} minutes of registering, and appears here by itself.
      Operators of the first generation send none that this page can show.
    </EmptyState>
  )
}
