import { MonitorSmartphone } from 'lucide-react'
import type { SessionSummary } from '#contract/portal-api.ts'
import { Badge } from '#app/_ui/badge.tsx'
import { RelativeTime } from '#app/_ui/relative-time.tsx'
import { describeUserAgent } from './describe-user-agent.ts'
import { EndSession } from './end-session.tsx'

export function SessionList({ sessions, renderedAt }: { sessions: readonly SessionSummary[]; renderedAt: string }) {
  return (
    <ul>
      {sessions.map(({ id, current, createdAt, lastSeenAt, userAgent }) => (
        <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b px-5 py-3 last:border-b-0">
          <MonitorSmartphone aria-hidden size={18} className="shrink-0 text-muted" />
          <div className="min-w-0 grow">
            <p className="flex flex-wrap items-center gap-2 font-medium">
              {describeUserAgent(userAgent)}
              {current && <Badge>This browser</Badge>}
            </p>
            <p className="text-muted">
              Last seen <RelativeTime at={lastSeenAt} renderedAt={renderedAt} />, signed in{' '}
              <RelativeTime at={createdAt} renderedAt={renderedAt} />
            </p>
          </div>
          {!current && <EndSession id={id} browser={describeUserAgent(userAgent)} />}
        </li>
      ))}
    </ul>
  )
}
