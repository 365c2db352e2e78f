import { ButtonLink } from '#app/_ui/button-link.tsx'
import { ErrorState } from '#app/_ui/error-state.tsx'

export default function TeamNotFound() {
  return (
    <div className="py-10">
      <ErrorState
        title="There is nothing at this address"
        action={
          <ButtonLink href="/home" variant="primary">
            Go to your clusters
          </ButtonLink>
        }
      >
        It was removed, or belongs to a team that you are not a member of.
      </ErrorState>
    </div>
  )
}
