import { ButtonLink } from '#app/_ui/button-link.tsx'
import { GitHubButton } from './github-button.tsx'

type OtherWaysProps = {
  /** GitHub is there when this installation has it configured. */
  github: boolean
  other?: 'mail' | 'password'
  /** A path of this site to go to afterwards. */
  next: string
}

export function OtherWays({ github, other, next }: OtherWaysProps) {
  if (!github && !other) return null
  const query = next === '/home' ? {} : { next }
  return (
    <div className="grid gap-3 border-t pt-5">
      {other === 'mail' && (
        <ButtonLink href={{ pathname: '/sign-in', query: { way: 'mail', ...query } }}>
          Sign in by a mailed link
        </ButtonLink>
      )}
      {other === 'password' && <ButtonLink href={{ pathname: '/sign-in', query }}>Sign in with a password</ButtonLink>}
      {github && <GitHubButton next={next} />}
    </div>
  )
}
