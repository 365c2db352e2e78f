import { TextLink } from '#app/_ui/text-link.tsx'
import { AuthFrame } from './auth-frame.tsx'
import { ResetForm } from './reset-form.tsx'

type ResetProps = {
  token: string
  /** Whether the reader comes from verifying an address in another browser than the one that signed up. */
  verified: boolean
}

export function Reset({ token, verified }: ResetProps) {
  return (
    <AuthFrame
      title="Choose a password"
      lead={
        verified
          ? 'Your address is verified. This is not the browser that signed up, so choose a password of your own.'
          : 'This ends all sessions, on every device.'
      }
      foot={<TextLink href="/forgot">Ask for a new link</TextLink>}
    >
      <ResetForm token={token} />
    </AuthFrame>
  )
}
