import { TRIAL_DAYS } from '#contract/plans.ts'
import { TextLink } from '#app/_ui/text-link.tsx'
import { AuthFrame } from './auth-frame.tsx'
import { entryQuery } from './entry.ts'
import type { Entry } from './entry.ts'
import { OtherWays } from './other-ways.tsx'
import { SignUpForm } from './sign-up-form.tsx'

export function SignUp({ github, next, purpose }: Entry & { github: boolean }) {
  return (
    <AuthFrame
      title="Sign up"
      lead={`${TRIAL_DAYS} days of Pro, no card. You get a team of your own.`}
      foot={
        <>
          You have an account?{' '}
          <TextLink href={{ pathname: '/sign-in', query: entryQuery({ next, purpose }) }}>Sign in</TextLink>
        </>
      }
    >
      <SignUpForm purpose={purpose} />
      <OtherWays github={github} next={next} purpose={purpose} />
    </AuthFrame>
  )
}
