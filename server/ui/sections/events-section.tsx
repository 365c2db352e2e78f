import type { ClusterEvents } from '#contract/cluster-report.ts'
import { eventsQuery } from '../data/queries.ts'
import { usePage } from '../page.ts'
import { EmptyState } from '../parts/empty-state.tsx'
import { Icon } from '../parts/icon.tsx'
import type { IconName } from '../parts/icon.tsx'
import { RelativeTime } from '../parts/relative-time.tsx'
import { Report } from '../parts/report.tsx'
import type { Tone } from '../parts/status.tsx'
import { conditionTitle } from './conditions.ts'

type Event = ClusterEvents[number]

const looks: Record<Event['severity'], { icon: IconName; tone: Tone; word: string }> = {
  info: { icon: 'info', tone: 'quiet', word: 'Note' },
  warning: { icon: 'warning', tone: 'degraded', word: 'Warning' },
  error: { icon: 'error', tone: 'unhealthy', word: 'Error' },
}

const clockTime = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })

/** What happened between kube9 and the cluster in the last 24 hours, newest first. */
export function EventsSection() {
  const { reports } = usePage()
  return (
    <Report query={eventsQuery(reports)} what="Events">
      {(events) =>
        events.length === 0 ? (
          <EmptyState kind="none-match" title="No events in the last 24 hours">
            Nothing changed between this cluster and kube9.
          </EmptyState>
        ) : (
          <ol className="timeline" aria-label="Events of the last 24 hours">
            {events.map((event) => (
              <EventRow key={event.id} event={event} />
            ))}
          </ol>
        )
      }
    </Report>
  )
}

function EventRow({ event: { at, severity, message, condition } }: { event: Event }) {
  const { icon, tone, word } = looks[severity]
  return (
    <li className={`timeline-row tone-${tone}`}>
      <time className="timeline-time" dateTime={at}>
        {clockTime.format(new Date(at))}
      </time>
      <Icon name={icon} className="tone" />
      <div className="row-text">
        <p>
          <span className="visually-hidden">{word}: </span>
          {condition && <strong>{conditionTitle(condition.type)}: </strong>}
          {message} {condition && <code>{condition.reason}</code>}
        </p>
      </div>
      <span className="row-time muted">
        <RelativeTime at={at} />
      </span>
    </li>
  )
}
