import { TRIAL_DAYS } from '#contract/plans.ts'
import { TextLink } from '#app/_ui/text-link.tsx'
import { AuthFrame } from './auth-frame.tsx'
import { OtherWays } from './other-ways.tsx'
import { SignUpForm } from './sign-up-form.tsx'

export function SignUp({ github }: { github: boolean }) {
  return (
    <AuthFrame
      title="Sign up"
      lead={`${TRIAL_DAYS} days of Pro, no card. You get a team of your own.`}
      foot={
        <>
          You have an account? <TextLink href="/sign-in">Sign in</TextLink>
        </>
      }
    >
      <SignUpForm />
      <OtherWays github={github} next="/home" />
    </AuthFrame>
  )
}
