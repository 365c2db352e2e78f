import { redirect } from 'next/navigation'
import { currentUser } from '#server/auth/current-request.ts'

/** Whether the request carries a session. False while the database is away: pages for everybody go on without it. */
export async function isSignedIn(): Promise<boolean> {
  try {
    return (await currentUser()) !== null
  } catch {
    return false
  }
}

/** For pages that make sense to strangers alone. `next` is a path of this site. */
export async function leaveWhenSignedIn(next = '/home'): Promise<void> {
  if (await isSignedIn()) redirect(next)
}

/** For pages behind the sign-in, which leads back to `path`. `reason` is what it says of why it is asked for. */
export async function requireUser(
  path: string,
  reason: { error: 'SessionRequired' } | { for: 'editor' } = { error: 'SessionRequired' },
): Promise<{ id: string; email: string; name: string | null }> {
  const user = await currentUser()
  if (!user) redirect(`/sign-in?${new URLSearchParams({ ...reason, next: path })}`)
  return user
}
