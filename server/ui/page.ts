import type { QueryClient } from '@tanstack/react-query'
import { createContext, useContext, useEffect, useMemo, useSyncExternalStore } from 'react'
import type { ClusterReference } from '#contract/cluster-report.ts'
import { createChallenge } from './bridge/challenge.ts'
import type { Host } from './bridge/host.ts'
import { ChangeStream } from './data/change-stream.ts'
import { Freshness } from './data/keep-fresh.ts'
import { createQueryClient } from './data/queries.ts'
import { createReports } from './data/reports.ts'
import type { Reports } from './data/reports.ts'
import { createServerFetch } from './data/server-access.ts'
import { NameBook } from './names/name-book.ts'
import type { Names } from './names/names.ts'
import type { Observable } from './parts/observable.ts'
import { redeemCode } from './session/redeem-code.ts'
import { Session } from './session/session.ts'

/** What the page is made of beneath its components; one of each. */
export type Page = {
  host: Host
  session: Session
  names: NameBook
  reports: Reports
  stream: ChangeStream
  queries: QueryClient
}

export function createPage(host: Host, reference: ClusterReference): Page {
  const session = new Session({ host, reference, createChallenge, redeem: redeemCode })
  const fetch = createServerFetch(session)
  const reports = createReports(fetch, reference)
  const queries = createQueryClient()
  const stream = new ChangeStream({ fetch, reference, onEvent: ({ event }) => freshness.hear(event) })
  const freshness = new Freshness({ queries, reports, session, host, stream })
  return { host, session, names: new NameBook(host), reports, stream, queries }
}

const PageContext = createContext<Page | null>(null)
export const PageProvider = PageContext.Provider

export function usePage(): Page {
  const page = useContext(PageContext)
  if (!page) throw new Error('There is no page around this part.')
  return page
}

export function useObservable<Value>(observable: Observable<Value>): Value {
  return useSyncExternalStore(observable.subscribe, observable.get)
}

type Collected = { saltId: string; receivedAt: string }

/** The names of what a collection holds. They are asked for when it is shown, and put in as they arrive. */
export function useNames({ saltId, receivedAt }: Collected): Names {
  const { names } = usePage()
  const snapshot = useObservable(names.snapshot)
  useEffect(() => names.want(saltId, receivedAt), [names, saltId, receivedAt])
  return useMemo(
    () => ({ saltId, nameOf: (pseudonym) => names.nameOf(saltId, pseudonym) }),
    // A new object for each snapshot, so that whoever shows names is drawn again.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [names, saltId, snapshot],
  )
}
