import { useId } from 'react'
import { RequestFailed } from '../data/request-failed.ts'
import { CopyButton } from './copy-button.tsx'
import { EmptyState } from './empty-state.tsx'
import { Icon } from './icon.tsx'
import { Link } from './link.tsx'

type FailureProps = { error: Error; what: string; onRetry: () => void }

const planCodes = new Set<string>(['SUBSCRIPTION_REQUIRED', 'CLUSTER_LIMIT_REACHED'])
const rightCodes = new Set<string>(['FORBIDDEN', 'NOT_FOUND'])

/** Why something could not be read: what happened, what to do, and the request id to tell us. */
export function Failure({ error, what, onRetry }: FailureProps) {
  const failure = error instanceof RequestFailed ? error : null
  const code = failure?.code ?? 'UNREADABLE'
  const link = failure?.manageUrl
  if (planCodes.has(code)) {
    return (
      <EmptyState
        kind="not-in-plan"
        title={`${what} is not in your plan`}
        action={
          link && (
            <Link url={link} look="primary">
              See plans
            </Link>
          )
        }
      >
        {error.message}
      </EmptyState>
    )
  }
  if (rightCodes.has(code)) {
    return (
      <EmptyState kind="not-allowed" title="You may not see this" action={<Retry onRetry={onRetry} />}>
        {error.message} Ask an owner of the team to let you in.
      </EmptyState>
    )
  }
  return (
    <div role="alert" className="empty" data-failure={code}>
      <Icon name="error" className="empty-icon tone-error tone" />
      <p className="empty-title">{what} could not be loaded</p>
      <p className="muted">{error.message}</p>
      {failure?.requestId && <RequestId id={failure.requestId} />}
      <div className="actions">
        <Retry onRetry={onRetry} />
      </div>
    </div>
  )
}

/** The id by which the server’s log knows a request. */
export function RequestId({ id }: { id: string }) {
  const element = useId()
  return (
    <p className="request-id muted">
      Request id <code id={element}>{id}</code> <CopyButton of={element} label="Copy request id" />
    </p>
  )
}

function Retry({ onRetry }: { onRetry: () => void }) {
  return (
    <button type="button" className="button" onClick={onRetry}>
      <Icon name="refresh" /> Try again
    </button>
  )
}
