import type { z } from 'zod'

export type Query = Record<string, string | number | boolean | undefined>

export interface KubeRequest {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  query?: Query
  accept?: string
  body?: unknown
  contentType?: string
  /** 10 s unless said; a stream ends by its signal alone. */
  timeoutMs?: number
  /**
   * For a stream that may have nothing to say for long, as of a log that is followed: the limit is of the connection alone, which
   * is a new one, and the answer begins when it does.
   */
  beginsLate?: boolean
  signal?: AbortSignal
}

export interface WatchEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR'
  object: unknown
}

/** Requests to one cluster's Kubernetes API, with the credentials of one context. Each throws a `KubeError`. */
export interface KubeApi {
  /** The parsed answer of a 2xx. */
  call<T>(path: string, schema: z.ZodType<T>, request?: KubeRequest): Promise<T>
  /** The lines of an answer as they come, such as of a log; ends with the answer or the signal. */
  lines(path: string, request: KubeRequest & { signal: AbortSignal }): AsyncIterable<string>
  /** Events of a watch, until the server ends it (then the caller begins again) or the signal aborts. */
  watch(path: string, request: KubeRequest & { signal: AbortSignal }): AsyncIterable<WatchEvent>
}
