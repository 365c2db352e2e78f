import { QueryClient, queryOptions } from '@tanstack/react-query'
import { RequestFailed } from './request-failed.ts'
import type { RangeHours, Reports } from './reports.ts'

/** What changes with every heartbeat and costs little to read, and what is large and changes with a collection. */
export const lightKey = ['report', 'light'] as const
export const heavyKey = ['report', 'heavy'] as const

const PASSING = new Set(['UNREACHABLE', 'SERVICE_UNAVAILABLE', 'SERVER_ERROR', 'TOO_MANY_REQUESTS'])
const TRIES = 3

/** Freshness comes from the stream of changes, so nothing is read again by itself. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Infinity,
        gcTime: 30 * 60_000,
        networkMode: 'always',
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        retry: (failures, error) => error instanceof RequestFailed && PASSING.has(error.code) && failures < TRIES - 1,
      },
    },
  })
}

export function clusterQuery(reports: Reports) {
  return queryOptions({ queryKey: [...lightKey, 'cluster'], queryFn: ({ signal }) => reports.cluster({ signal }) })
}

export function healthQuery(reports: Reports, rangeHours: RangeHours) {
  return queryOptions({
    queryKey: [...lightKey, 'health', rangeHours],
    queryFn: ({ signal }) => reports.health(rangeHours, { signal }),
  })
}

export function eventsQuery(reports: Reports) {
  return queryOptions({ queryKey: [...lightKey, 'events'], queryFn: ({ signal }) => reports.events({ signal }) })
}

export function nodesQuery(reports: Reports) {
  return queryOptions({ queryKey: [...lightKey, 'nodes'], queryFn: ({ signal }) => reports.nodes({ signal }) })
}

export function workloadsQuery(reports: Reports) {
  return queryOptions({ queryKey: [...heavyKey, 'workloads'], queryFn: ({ signal }) => reports.workloads({ signal }) })
}

export function configurationQuery(reports: Reports) {
  return queryOptions({
    queryKey: [...heavyKey, 'configuration'],
    queryFn: ({ signal }) => reports.configuration({ signal }),
  })
}
