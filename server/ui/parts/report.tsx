import { useQuery } from '@tanstack/react-query'
import type { DefaultError, QueryKey, UseQueryOptions } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Failure } from './failure.tsx'
import { Skeleton } from './skeleton.tsx'

type ReportProps<Data, Key extends QueryKey> = {
  query: UseQueryOptions<Data, DefaultError, Data, Key>
  /** What it is called when it cannot be had: "Nodes". */
  what: string
  children: (data: Data) => ReactNode
}

/** A report from the server: its skeleton, then itself, or why it is not to be had. What was read once stays on the screen. */
export function Report<Data, Key extends QueryKey>({ query, what, children }: ReportProps<Data, Key>) {
  const { data, error, refetch, isFetching } = useQuery(query)
  if (data !== undefined) return <>{children(data)}</>
  if (error && !isFetching) return <Failure error={error} what={what} onRetry={() => void refetch()} />
  return <Skeleton label={`${what} loading`} lines={6} />
}
