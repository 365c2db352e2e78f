import { TextLink } from '#app/_ui/text-link.tsx'
import { AuthFrame } from './auth-frame.tsx'
import { ForgotForm } from './forgot-form.tsx'

export function Forgot() {
  return (
    <AuthFrame
      title="Reset your password"
      lead="We mail you a link with which you choose a new one. That ends all sessions."
      foot={<TextLink href="/sign-in">Back to sign in</TextLink>}
    >
      <ForgotForm />
    </AuthFrame>
  )
}
