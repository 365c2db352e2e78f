import { ClientRequest } from 'node:http'
import type { Agent, RequestOptions } from 'node:http'
import { urlToHttpOptions } from 'node:url'

/**
 * A request that travels by its agent alone. The editor replaces `request` of node:http and node:https, also for who imports it by
 * name, to lead everything through its own proxy; the agent's certificates and kept connections would be lost there.
 */
export function directRequest(url: URL, options: RequestOptions & { agent: Agent }): ClientRequest {
  return new ClientRequest({ ...urlToHttpOptions(url), ...options })
}
