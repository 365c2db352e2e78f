/** A second slash, or a backslash, would begin the name of another host. */
const LOCAL = /^\/[A-Za-z0-9]/

/** A path of this site that an address asked to go to next, or `fallback`. Nothing that could lead elsewhere passes. */
export function localPath(value: string | string[] | undefined, fallback: string): string {
  if (typeof value !== 'string' || !LOCAL.test(value)) return fallback
  const url = URL.parse(value, 'http://portal.invalid')
  // Dots in a path are taken out by the parser, so what comes out of it is judged as well as what went in.
  return url?.host === 'portal.invalid' && LOCAL.test(url.pathname) ? `${url.pathname}${url.search}` : fallback
}
