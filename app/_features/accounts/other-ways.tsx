import { ButtonLink } from '#app/_ui/button-link.tsx'
import { GitHubButton } from './github-button.tsx'

type OtherWaysProps = {
  /** GitHub is there when this installation has it configured. */
  github: boolean
  other?: 'mail' | 'password'
}

export function OtherWays({ github, other }: OtherWaysProps) {
  if (!github && !other) return null
  return (
    <div className="grid gap-3 border-t pt-5">
      {other === 'mail' && <ButtonLink href="/sign-in?way=mail">Sign in by a mailed link</ButtonLink>}
      {other === 'password' && <ButtonLink href="/sign-in">Sign in with a password</ButtonLink>}
      {github && <GitHubButton />}
    </div>
  )
}
