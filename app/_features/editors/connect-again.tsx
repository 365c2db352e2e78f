import { AuthFrame } from '#app/_features/accounts/auth-frame.tsx'
import { ButtonLink } from '#app/_ui/button-link.tsx'
import { Notice } from '#app/_ui/notice.tsx'

/** Where signing up for an editor ends: it waits two minutes for an answer, and reading mail may take longer. */
export function ConnectAgain({ email }: { email: string }) {
  return (
    <AuthFrame title="Your account is ready" lead={`You are signed in as ${email}.`}>
      <Notice kind="info">
        Go back to your editor and run “kube9: Sign In” once more: it has stopped waiting by now. One press connects it.
      </Notice>
      <ButtonLink href="/home">Open the portal</ButtonLink>
    </AuthFrame>
  )
}
