import { unreachable } from './failure.ts'
import type { Failure } from './failure.ts'
import { failureOfBody } from './wire-error.ts'

type Landing = { url: URL } | { failure: Failure }

/** Signing in and out goes through next-auth's own addresses, each time with a fresh token against forged requests. */
async function postToAuth(path: string, fields: Record<string, string>): Promise<Landing> {
  try {
    const { csrfToken } = (await (await fetch('/api/auth/csrf')).json()) as { csrfToken: string }
    const answer = await fetch(`/api/auth/${path}`, {
      method: 'POST',
      body: new URLSearchParams({ ...fields, csrfToken, json: 'true' }),
    })
    const body: unknown = await answer.json()
    const refusal = failureOfBody(body)
    if (refusal) return { failure: refusal }
    const url = new URL((body as { url: string }).url, location.href)
    return url.searchParams.has('error') ? { failure: authFailure(url.searchParams.get('error')) } : { url }
  } catch {
    return { failure: unreachable }
  }
}

function authFailure(code: string | null): Failure {
  return { code: code ?? undefined, message: 'Signing in did not work. Try again in a minute.' }
}

/** Null when the browser is signed in. */
export async function signInWithPassword(credentials: { email: string; password: string }): Promise<Failure | null> {
  return failureIn(await postToAuth('callback/credentials', { ...credentials, callbackUrl: '/home' }))
}

/** Null when the mail is on its way, whether or not the address is known. Its link leads to `next`, a path of this site. */
export async function requestMagicLink(email: string, next: string): Promise<Failure | null> {
  return failureIn(await postToAuth('signin/email', { email, callbackUrl: next }))
}

/** Leads to GitHub, and from there to `next`, a path of this site. */
export async function signInWithGitHub(next: string): Promise<Failure | null> {
  const landing = await postToAuth('signin/github', { callbackUrl: next })
  if ('url' in landing) location.assign(landing.url)
  return failureIn(landing)
}

/** Ends this browser's session. */
export async function signOut(): Promise<Failure | null> {
  return failureIn(await postToAuth('signout', { callbackUrl: '/' }))
}

function failureIn(landing: Landing): Failure | null {
  return 'failure' in landing ? landing.failure : null
}
