import { TextLink } from '#app/_ui/text-link.tsx'
import { AuthFrame } from './auth-frame.tsx'
import { MagicLinkForm } from './magic-link-form.tsx'
import { OtherWays } from './other-ways.tsx'
import { SignInForm } from './sign-in-form.tsx'
import { SignInNotice } from './sign-in-notice.tsx'

type SignInProps = {
  github: boolean
  way: 'password' | 'mail'
  /** A path of this site to go to afterwards. */
  next: string
  done: string | undefined
  error: string | undefined
  /** What signing in is for, when it is not for the portal itself. */
  purpose: string | undefined
}

export function SignIn({ github, way, next, done, error, purpose }: SignInProps) {
  return (
    <AuthFrame
      title="Sign in"
      lead={way === 'mail' ? 'We mail you a link that signs you in, once.' : undefined}
      foot={
        <>
          New here? <TextLink href="/sign-up">Sign up</TextLink>
        </>
      }
    >
      <SignInNotice done={done} error={error} purpose={purpose} />
      {way === 'mail' ? <MagicLinkForm next={next} /> : <SignInForm next={next} />}
      <OtherWays github={github} other={way === 'mail' ? 'password' : 'mail'} next={next} />
    </AuthFrame>
  )
}
