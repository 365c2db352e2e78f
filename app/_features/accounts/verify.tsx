import { AuthFrame } from './auth-frame.tsx'
import { VerifyForm } from './verify-form.tsx'

export function Verify({ token }: { token: string }) {
  return (
    <AuthFrame title="Verify your e-mail address" lead="One press, and your account is ready.">
      <VerifyForm token={token} />
    </AuthFrame>
  )
}
