import { useMemo, useState } from 'react'
import type { ResourceInventory } from '#contract/collection-payloads.ts'
import type { Names } from '../names/names.ts'
import { Icon } from '../parts/icon.tsx'
import { ObjectName } from '../parts/object-name.tsx'
import { groupTroubles, troubleAdvice } from './trouble-advice.ts'
import type { TroubleGroup } from './trouble-advice.ts'

type TroubledPodsProps = {
  pods: ResourceInventory['troubledPods']
  /** The list was cut to fit, so there may be more. */
  cut: boolean
  names: Names
}

const SHOWN_FIRST = 5
const SHOWN_MORE = 20
const PODS_SHOWN = 20

/** Pods that are not well, by workload and trouble, each with what to do. */
export function TroubledPods({ pods, cut, names }: TroubledPodsProps) {
  const groups = useMemo(() => groupTroubles(pods), [pods])
  const [limit, setLimit] = useState(SHOWN_FIRST)
  if (groups.length === 0) return null
  const shown = groups.slice(0, limit)
  return (
    <section className="card troubles" aria-labelledby="troubles-title">
      <h2 id="troubles-title">
        Pods in trouble <span className="badge">{cut ? `at least ${pods.length}` : pods.length}</span>
      </h2>
      <ul>
        {shown.map((group) => (
          <Trouble key={group.key} group={group} names={names} />
        ))}
      </ul>
      {groups.length > shown.length && (
        <button type="button" className="link" onClick={() => setLimit(limit + SHOWN_MORE)}>
          Show more of {groups.length - shown.length}
        </button>
      )}
    </section>
  )
}

function Trouble({ group, names }: { group: TroubleGroup; names: Names }) {
  const { trouble, subject, namespace, pods, restarts } = group
  const { what, todo } = troubleAdvice[trouble]
  return (
    <li className="row tone-degraded">
      <Icon name="warning" className="tone" />
      <div className="row-text">
        <p>
          <strong>{trouble}</strong>
          {pods.length > 1 && ` × ${pods.length}`} · <ObjectName names={names} pseudonym={subject} />{' '}
          <span className="muted">
            in <ObjectName names={names} pseudonym={namespace} />
            {restarts > 0 && ` · ${restarts} restarts`}
          </span>
        </p>
        <p>
          {what} {todo}
        </p>
        <details>
          <summary>{pods.length === 1 ? 'Show the pod' : `Show ${pods.length} pods`}</summary>
          <ul className="pod-list">
            {pods.slice(0, PODS_SHOWN).map((pod) => (
              <li key={pod.name}>
                <ObjectName names={names} pseudonym={pod.name} />
                {pod.node && (
                  <span className="muted">
                    {' '}
                    on <ObjectName names={names} pseudonym={pod.node} />
                  </span>
                )}
              </li>
            ))}
            {pods.length > PODS_SHOWN && <li className="muted">and {pods.length - PODS_SHOWN} more</li>}
          </ul>
        </details>
      </div>
    </li>
  )
}
