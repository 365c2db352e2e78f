import { Check, CircleHelp, TriangleAlert } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { ClusterDetail } from '#contract/portal-api.ts'
import { RelativeTime } from '#app/_ui/relative-time.tsx'

type ConditionView = ClusterDetail['conditions'][number]

const looks: Record<ConditionView['status'], { icon: LucideIcon; className: string; word: string }> = {
  True: { icon: Check, className: 'bg-healthy-soft text-healthy', word: 'Holds' },
  False: { icon: TriangleAlert, className: 'bg-degraded-soft text-degraded', word: 'Does not hold' },
  Unknown: { icon: CircleHelp, className: 'bg-offline-soft text-offline', word: 'Not known' },
}

const titles: Record<string, string> = {
  StatusWritable: 'Status can be written',
  ApiKeyAccepted: 'API key accepted',
  ServerReachable: 'Server reachable',
  Registered: 'Registered',
  CollectionsFresh: 'Collections fresh',
  ClusterHealthy: 'Cluster healthy',
}

export function ConditionList({
  conditions,
  renderedAt,
}: {
  conditions: readonly ConditionView[]
  renderedAt: string
}) {
  if (conditions.length === 0) {
    return (
      <p className="px-5 py-6 text-muted">
        None yet. They come with the first heartbeat; operators of the first generation send none.
      </p>
    )
  }
  return (
    <ul>
      {conditions.map((condition) => {
        const look = looks[condition.status]
        return (
          <li
            key={condition.type}
            className="grid grid-cols-[24px_1fr] gap-x-3 border-b px-5 py-3 last:border-b-0 sm:grid-cols-[24px_1fr_auto]"
            data-condition={condition.type}
          >
            <span className={`flex size-6 items-center justify-center rounded-full ${look.className}`}>
              <look.icon aria-hidden size={14} strokeWidth={2.5} />
              <span className="sr-only">{look.word}: </span>
            </span>
            <div className="pt-0.5">
              <p className="font-medium">
                {titles[condition.type] ?? condition.type}{' '}
                <code className="ml-1 font-normal text-muted">{condition.reason}</code>
              </p>
              <p className="text-muted">{condition.message}</p>
            </div>
            <p className="text-muted max-sm:col-start-2 sm:pt-0.5">
              <RelativeTime at={condition.lastTransitionTime} renderedAt={renderedAt} />
            </p>
          </li>
        )
      })}
    </ul>
  )
}
