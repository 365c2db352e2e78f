import { ButtonLink } from '#app/_ui/button-link.tsx'
import { entryQuery } from './entry.ts'
import type { Entry } from './entry.ts'
import { GitHubButton } from './github-button.tsx'

type OtherWaysProps = Entry & {
  /** GitHub is there when this installation has it configured. */
  github: boolean
  other?: 'mail' | 'password'
}

export function OtherWays({ github, other, next, purpose }: OtherWaysProps) {
  if (!github && !other) return null
  const query = entryQuery({ next, purpose })
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
