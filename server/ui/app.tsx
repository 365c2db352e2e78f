import { QueryClientProvider } from '@tanstack/react-query'
import { ClusterPage } from './cluster-page.tsx'
import { PageProvider, useObservable } from './page.ts'
import type { Page } from './page.ts'
import { Skeleton } from './parts/skeleton.tsx'
import { SessionNotice } from './sections/session-notice.tsx'

export function App({ page }: { page: Page }) {
  const state = useObservable(page.session.state)
  return (
    <PageProvider value={page}>
      <QueryClientProvider client={page.queries}>
        {state.phase === 'connecting' && (
          <main className="page">
            <Skeleton label="The cluster loading" lines={8} />
          </main>
        )}
        {state.phase === 'open' && <ClusterPage />}
        {(state.phase === 'silent' || state.phase === 'failed') && <SessionNotice state={state} />}
      </QueryClientProvider>
    </PageProvider>
  )
}
