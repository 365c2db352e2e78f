/** A path of this site that an address asked to go to next, or `fallback`. Nothing that could lead elsewhere passes. */
export function localPath(value: string | string[] | undefined, fallback: string): string {
  if (typeof value !== 'string' || !/^\/[A-Za-z0-9]/.test(value)) return fallback
  const url = URL.parse(value, 'http://portal.invalid')
  return url?.host === 'portal.invalid' ? `${url.pathname}${url.search}` : fallback
}
