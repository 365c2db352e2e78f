import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { CopyButton } from './copy-button.tsx'

type ErrorStateProps = {
  /** What happened. */
  title: string
  /** What to do. */
  children: ReactNode
  requestId?: string | undefined
  action?: ReactNode
  level?: 'h1' | 'h2'
}

/** What happened, what to do, and the request id to tell us. */
export function ErrorState({ title, children, requestId, action, level: Heading = 'h1' }: ErrorStateProps) {
  return (
    <div role="alert" className="grid max-w-xl gap-4 rounded-box border bg-surface p-6">
      <div className="flex gap-3">
        <CircleAlert aria-hidden size={20} className="mt-1 shrink-0 text-unhealthy-solid" />
        <div className="grid gap-1">
          <Heading className="text-lg font-semibold">{title}</Heading>
          <div className="text-muted">{children}</div>
        </div>
      </div>
      {requestId && (
        <p className="flex flex-wrap items-center gap-2 text-muted">
          Request id <code className="text-ink">{requestId}</code>
          <CopyButton text={requestId} label="Copy request id" iconOnly variant="quiet" />
        </p>
      )}
      {action && <div className="flex flex-wrap gap-3">{action}</div>}
    </div>
  )
}
