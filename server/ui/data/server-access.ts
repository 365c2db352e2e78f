import type { Session } from '../session/session.ts'

type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>

/** fetch with this page's token. A token that is refused is replaced once; the answer to the second try stands. */
export function createServerFetch(session: Session): Fetch {
  const ask = async (token: string, input: string | URL | Request, init: RequestInit = {}) => {
    const headers = new Headers(init.headers)
    headers.set('authorization', `Bearer ${token}`)
    return fetch(input, { ...init, headers, credentials: 'omit', cache: 'no-store' })
  }
  return async (input, init) => {
    const token = await session.token()
    const answer = await ask(token, input, init)
    if (answer.status !== 401) return answer
    await answer.body?.cancel()
    session.refuse(token)
    const successor = await session.token()
    const second = await ask(successor, input, init)
    if (second.status === 401) session.refuse(successor)
    return second
  }
}
