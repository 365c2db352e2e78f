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

/** For pages that make sense to strangers alone. */
export async function leaveWhenSignedIn(): Promise<void> {
  if (await isSignedIn()) redirect('/home')
}

/** For pages behind the sign-in, which leads back to `path`. */
export async function requireUser(path: string): Promise<{ id: string; email: string; name: string | null }> {
  const user = await currentUser()
  if (!user) redirect(`/sign-in?${new URLSearchParams({ error: 'SessionRequired', next: path })}`)
  return user
}
