import { TextLink } from '#app/_ui/text-link.tsx'
import { AuthFrame } from './auth-frame.tsx'
import { entryQuery } from './entry.ts'
import type { Entry } from './entry.ts'
import { MagicLinkForm } from './magic-link-form.tsx'
import { OtherWays } from './other-ways.tsx'
import { SignInForm } from './sign-in-form.tsx'
import { SignInNotice } from './sign-in-notice.tsx'

type SignInProps = Entry & {
  github: boolean
  way: 'password' | 'mail'
  done: string | undefined
  error: string | undefined
}

export function SignIn({ github, way, next, done, error, purpose }: SignInProps) {
  return (
    <AuthFrame
      title="Sign in"
      lead={way === 'mail' ? 'We mail you a link that signs you in, once.' : undefined}
      foot={
        <>
          New here? <TextLink href={{ pathname: '/sign-up', query: entryQuery({ next, purpose }) }}>Sign up</TextLink>
        </>
      }
    >
      <SignInNotice done={done} error={error} purpose={purpose} />
      {way === 'mail' ? <MagicLinkForm next={next} /> : <SignInForm next={next} />}
      <OtherWays github={github} other={way === 'mail' ? 'password' : 'mail'} next={next} purpose={purpose} />
    </AuthFrame>
  )
}
