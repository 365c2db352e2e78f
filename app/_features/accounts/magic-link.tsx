import { Button } from '#app/_ui/button.tsx'
import { AuthFrame } from './auth-frame.tsx'

type MagicLinkProps = { token: string; email: string; next: string }

/** The page of a mailed link. Its button POSTs, by a plain form, since programs that look through mail follow links. */
export function MagicLink({ token, email, next }: MagicLinkProps) {
  const address = `/api/auth/callback/email?${new URLSearchParams({ token, email, callbackUrl: next })}`
  return (
    <AuthFrame title="Sign in" lead={`As ${email}. The link works once.`}>
      <form method="post" action={address} className="grid">
        <Button type="submit" variant="primary">
          Sign in
        </Button>
      </form>
    </AuthFrame>
  )
}
