import { AuthFrame } from './auth-frame.tsx'
import type { Entry } from './entry.ts'
import { VerifyForm } from './verify-form.tsx'

export function Verify({ token, purpose }: Pick<Entry, 'purpose'> & { token: string }) {
  return (
    <AuthFrame title="Verify your e-mail address" lead="One press, and your account is ready.">
      <VerifyForm token={token} purpose={purpose} />
    </AuthFrame>
  )
}
