import type { ClusterReport } from '#contract/cluster-report.ts'
import { EmptyState } from '../parts/empty-state.tsx'
import { Icon } from '../parts/icon.tsx'
import type { IconName } from '../parts/icon.tsx'
import { Link } from '../parts/link.tsx'
import { RelativeTime } from '../parts/relative-time.tsx'
import type { Tone } from '../parts/status.tsx'
import { conditionTitle, deviationsOf, mendedAt } from './conditions.ts'
import type { ConditionView } from './conditions.ts'

const looks: Record<ConditionView['status'], { icon: IconName; tone: Tone; word: string }> = {
  True: { icon: 'pass', tone: 'healthy', word: 'Holds' },
  False: { icon: 'warning', tone: 'degraded', word: 'Does not hold' },
  Unknown: { icon: 'question', tone: 'quiet', word: 'Not known' },
}

/** What the operator says of itself: deviations first and in full, the rest as a list. */
export function ConditionsSection({ report }: { report: ClusterReport }) {
  const { conditions } = report.cluster
  if (conditions.length === 0) {
    return (
      <EmptyState kind="none-yet" title="No conditions yet">
        They come with the first heartbeat. Operators of the first generation send none.
      </EmptyState>
    )
  }
  const deviations = deviationsOf(conditions)
  const holding = conditions.filter((condition) => !deviations.includes(condition))
  return (
    <ul className="rows" aria-label="Conditions">
      {[...deviations, ...holding].map((condition) => (
        <ConditionRow key={condition.type} condition={condition} links={report.links} />
      ))}
    </ul>
  )
}

function ConditionRow({ condition, links }: { condition: ConditionView; links: ClusterReport['links'] }) {
  const { type, status, reason, message, lastTransitionTime } = condition
  const { icon, tone, word } = looks[status]
  const place = status === 'True' ? null : mendedAt(reason)
  return (
    <li className={`row tone-${tone}`} data-condition={type}>
      <Icon name={icon} className="tone" />
      <div className="row-text">
        <p>
          <strong>{conditionTitle(type)}</strong> <span className="muted">{word}</span> <code>{reason}</code>
        </p>
        <p className={status === 'True' ? 'muted' : ''}>{message}</p>
        {place && (
          <p>
            <Link url={links[place]}>{place === 'billing' ? 'See plans' : 'Manage API keys'}</Link>
          </p>
        )}
      </div>
      <span className="row-time muted">
        <RelativeTime at={lastTransitionTime} />
      </span>
    </li>
  )
}
