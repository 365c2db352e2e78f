/** True when the client already has what `etag` names (RFC 9110: a list, `*`, weak comparison). */
export function matchesEtag(ifNoneMatch: string | undefined, etag: string): boolean {
  if (!ifNoneMatch) return false
  return ifNoneMatch
    .split(',')
    .map((candidate) => candidate.trim().replace(/^W\//, ''))
    .some((candidate) => candidate === '*' || candidate === etag)
}

/** True only when the client names gzip itself: helm names nothing, and fails on a body that is compressed unasked. */
export function asksForGzip(acceptEncoding: string | string[] | undefined): boolean {
  return String(acceptEncoding ?? '')
    .split(',')
    .map((part) => part.trim().toLowerCase().split(';'))
    .some(([coding, weight]) => coding === 'gzip' && !/^\s*q=0(?:\.0*)?$/.test(weight ?? ''))
}
