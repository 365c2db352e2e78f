import { useQuery } from '@tanstack/react-query'
import type { ClusterReport } from '#contract/cluster-report.ts'
import { nodesQuery, workloadsQuery } from '../data/queries.ts'
import { usePage } from '../page.ts'
import { Icon } from '../parts/icon.tsx'
import type { IconName } from '../parts/icon.tsx'
import type { Tone } from '../parts/status.tsx'
import { findingsOf, isAllKnown } from './findings.ts'
import type { Finding } from './findings.ts'
import type { SectionId } from './section-ids.ts'

const looks: Record<Finding['grade'], { icon: IconName; tone: Tone }> = {
  broken: { icon: 'error', tone: 'unhealthy' },
  'worth-a-look': { icon: 'warning', tone: 'degraded' },
  'not-known': { icon: 'question', tone: 'quiet' },
}

type FindingsProps = { report: ClusterReport; onOpen: (section: SectionId) => void }

/** What needs a look now, each with the way to where it is shown in full. */
export function FindingsCard({ report, onOpen }: FindingsProps) {
  const { reports } = usePage()
  const nodes = useQuery(nodesQuery(reports))
  const workloads = useQuery(workloadsQuery(reports))
  if (nodes.isLoading || workloads.isLoading) return null
  const collected = { nodes: nodes.data ?? null, workloads: workloads.data ?? null }
  const findings = findingsOf({ report, ...collected })
  if (findings.length === 0) return isAllKnown(collected) ? <Calm /> : null
  return (
    <section aria-labelledby="findings-title" className="card findings">
      <h2 id="findings-title">Needs a look</h2>
      <ul>
        {findings.map(({ key, grade, subject, text, section }) => (
          <li key={key} className={`finding tone-${looks[grade].tone}`}>
            <Icon name={looks[grade].icon} className="tone" />
            <span className="finding-text">
              {subject && <strong>{subject}: </strong>}
              {text}{' '}
              <button type="button" className="link" onClick={() => onOpen(section)}>
                Show {section}
              </button>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Calm() {
  return (
    <p className="calm tone-healthy">
      <Icon name="pass" className="tone" />
      Nothing needs a look: all conditions hold, all nodes are ready, and no pod is in trouble.
    </p>
  )
}
