import { Suspense } from 'react'
import type { ReactNode } from 'react'
import { PageSkeleton } from '#app/_ui/skeleton.tsx'

/**
 * Shows a skeleton until what is inside has its data. A page draws it after its guard: once a skeleton is on its way, the
 * answer's status can be neither "not found" nor "sign in first" any more.
 */
export function Room({ children }: { children: ReactNode }) {
  return <Suspense fallback={<PageSkeleton />}>{children}</Suspense>
}
