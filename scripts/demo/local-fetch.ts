import { lookup } from 'node:dns'
import { request as httpRequest } from 'node:http'
import type { IncomingMessage } from 'node:http'
import type { LookupFunction } from 'node:net'
import { Readable } from 'node:stream'

const WITHOUT_BODY = [204, 304]

/** Browsers take every name below `localhost` for this machine; Node takes that one name alone. */
const lookUp: LookupFunction = (hostname, options, callback) =>
  lookup(hostname.endsWith('.localhost') ? 'localhost' : hostname, options, callback)

/** `fetch` for programs of this machine, at any name that a browser would find them by. Follows no redirect. */
export async function localFetch(address: URL, { signal, ...init }: RequestInit = {}): Promise<Response> {
  // The signal stays out of the Request: once that is collected, its own one hears of no abort any more.
  const request = new Request(address, init)
  const { url, method, headers } = request
  const body = await request.text()
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const options = { method, headers: Object.fromEntries(headers), lookup: lookUp, ...(signal && { signal }) }
    const sent = httpRequest(url, options)
    sent.once('response', resolve).once('error', reject)
    sent.end(body)
  })
  const { statusCode: status = 500, headersDistinct } = answer
  const pairs = Object.entries(headersDistinct).flatMap(([name, values = []]) =>
    values.map((value): [string, string] => [name, value]),
  )
  const content = Readable.toWeb(answer) as ReadableStream
  return new Response(WITHOUT_BODY.includes(status) ? null : content, { status, headers: pairs })
}
