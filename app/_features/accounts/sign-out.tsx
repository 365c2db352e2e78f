import { AuthFrame } from './auth-frame.tsx'
import { SignOutButton } from './sign-out-button.tsx'

export function SignOut() {
  return (
    <AuthFrame title="Sign out" lead="This ends the session of this browser. Your clusters go on.">
      <SignOutButton />
    </AuthFrame>
  )
}
