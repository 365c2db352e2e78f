import type { AccountPurpose } from '#contract/account-api.ts'
import { Notice } from '#app/_ui/notice.tsx'

const done: Record<string, string> = {
  verified: 'Your address is verified. Sign in to go on.',
  reset: 'The new password is set, and all sessions were ended. Sign in with it.',
  'signed-out': 'You are signed out on every device.',
}

const errors: Record<string, string> = {
  SessionRequired: 'Your session has ended. Sign in again to go on.',
  Verification: 'This link was used before, or is too old. Ask for a new one.',
  OAuthAccountNotLinked: 'This address has an account with another way to sign in. Use that one.',
  NoVerifiedEmail: 'GitHub did not give a verified address. Verify it there, or sign up with e-mail.',
  TOO_MANY_REQUESTS: 'There were too many attempts. Wait a few minutes, or sign in by a link that we mail you.',
  SERVICE_UNAVAILABLE:
    'Signing in is not possible right now. Nothing is wrong with your account; try again in a minute.',
}

const purposes: Record<AccountPurpose, string> = {
  editor: 'Sign in to connect your editor. You decide about that on the next page.',
}

type Reason = { done: string | undefined; error: string | undefined; purpose: AccountPurpose | undefined }

/** What brought the reader here, when it was not their own wish. */
export function SignInNotice(reason: Reason) {
  const good = done[reason.done ?? '']
  if (good) return <Notice kind="done">{good}</Notice>
  if (!reason.error) return reason.purpose ? <Notice kind="info">{purposes[reason.purpose]}</Notice> : null
  return (
    <Notice kind="error">{errors[reason.error] ?? 'Signing in did not work. Try again, or choose another way.'}</Notice>
  )
}
