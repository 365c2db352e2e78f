/** The cookies of one request, and those that its answer sets. */
export type CookieJar = {
  get(name: CookieName): string | undefined
  set(name: CookieName, value: string, maxAgeSeconds: number): void
  remove(name: CookieName): void
}

/** `session` is the session's token; `sign-up` proves that this browser is the one that signed up. */
export type CookieName = 'session' | 'sign-up' | 'csrf' | 'callback-url' | 'state' | 'pkce' | 'nonce'

/** `__Host-` binds a cookie to https, to path / and to this very host. Browsers refuse it on plain http. */
export function cookieName(name: CookieName, secure: boolean): string {
  return `${secure ? '__Host-' : ''}kube9.${name}`
}

export function cookieOptions(secure: boolean): { httpOnly: true; sameSite: 'lax'; path: '/'; secure: boolean } {
  return { httpOnly: true, sameSite: 'lax', path: '/', secure }
}

/** Reads a request's cookies (base64url values, which need no encoding); what is set goes to `answer` as Set-Cookie. Pages cannot set any: they give no `answer`. */
export function openCookieJar(request: Headers, answer: Headers | null, secure: boolean): CookieJar {
  const cookies = readCookies(request.get('cookie') ?? '')
  const set = (name: CookieName, value: string, maxAge: number) => {
    if (!answer) throw new Error(`A page cannot set the cookie ${name}.`)
    const attributes = `Max-Age=${maxAge}; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
    answer.append('set-cookie', `${cookieName(name, secure)}=${value}; ${attributes}`)
  }
  return {
    get: (name) => cookies.get(cookieName(name, secure)),
    set,
    remove: (name) => set(name, '', 0),
  }
}

function readCookies(header: string): Map<string, string> {
  const pairs = header.split(';').map((pair) => {
    const at = pair.indexOf('=')
    return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()] as const
  })
  return new Map(pairs.filter(([name]) => name !== ''))
}
