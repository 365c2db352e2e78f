import { randomBytes } from 'node:crypto'

export type SecurityOptions = { portalUrl: string; hosted: boolean; dev: boolean }

/** A fresh nonce for one answer. */
export function createNonce(): string {
  return randomBytes(16).toString('base64')
}

/**
 * The policy of every page: scripts by this answer's nonce alone, and what those load. Style attributes are allowed, since
 * components set positions by them. Development needs eval, and its socket.
 */
export function contentSecurityPolicy(nonce: string, { portalUrl, dev }: SecurityOptions): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ''}`,
    `style-src 'self' ${dev ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${dev ? ' ws: wss:' : ''}`,
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(portalUrl.startsWith('https:') ? ['upgrade-insecure-requests'] : []),
  ].join('; ')
}

/** The other headers of every answer of the portal. */
export function securityHeaders({ portalUrl, hosted }: SecurityOptions): Record<string, string> {
  return {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
    'cross-origin-opener-policy': 'same-origin',
    'x-frame-options': 'DENY',
    ...(hosted && portalUrl.startsWith('https:')
      ? { 'strict-transport-security': 'max-age=63072000; includeSubDomains' }
      : {}),
  }
}
