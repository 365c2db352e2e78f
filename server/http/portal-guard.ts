import type { IncomingMessage } from 'node:http'
import type { ErrorCode } from '#contract/errors.ts'

/** Why a request goes no further, with the status that says so. */
export type Refusal = { status: number; code: ErrorCode; message: string }

const MAX_BODY_BYTES = 64 * 1024
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * What every request has to pass before a page or a procedure sees it: our own host by name, a body of a stated and bounded
 * size, and for whatever changes something the exact origin of the portal, which a foreign page cannot send.
 */
export function refusalOf(req: IncomingMessage, portalUrl: string): Refusal | null {
  const portal = new URL(portalUrl)
  if (req.headers.host?.toLowerCase() !== portal.host) {
    return {
      status: 421,
      code: 'NOT_FOUND',
      message: `This address is not served here. The portal is at ${portal.origin}`,
    }
  }
  if (SAFE_METHODS.has(req.method ?? 'GET')) return null
  if (req.headers.origin !== portal.origin) {
    return {
      status: 403,
      code: 'FORBIDDEN',
      message: 'This request does not come from a page of the portal. Reload the page and try again.',
    }
  }
  return bodyRefusalOf(req)
}

function bodyRefusalOf(req: IncomingMessage): Refusal | null {
  if (req.headers['transfer-encoding'] !== undefined) {
    return { status: 411, code: 'INVALID_REQUEST', message: 'State the length of the body in Content-Length.' }
  }
  if (Number(req.headers['content-length'] ?? 0) <= MAX_BODY_BYTES) return null
  return { status: 413, code: 'PAYLOAD_TOO_LARGE', message: 'This request is too large.' }
}
