import type { Mend } from '../../../cluster/standing.ts'
import { Icon } from '../../frame/browser/icon.tsx'
import { Badge, Glyph, Notice } from '../../frame/browser/parts.tsx'
import type { Overview } from '../protocol.ts'

interface OverviewHeaderProps {
  overview: Overview
  onRefresh: () => void
  onMend: (action: Mend) => void
}

export function OverviewHeader({ overview, onRefresh, onMend }: OverviewHeaderProps) {
  const { target, server, clusterId, standing, refreshing } = overview
  const { mend } = standing
  return (
    <>
      <header className="page-header">
        <Glyph clusterId={clusterId} size={44} tone={standing.tone} />
        <div className="titles">
          <h1>{target.context}</h1>
          <p className="quiet">{server}</p>
        </div>
        <div className="actions">
          <Badge tone={standing.tone}>{standing.word}</Badge>
          <button type="button" className="icon-button" aria-label="Look again" title="Look again" onClick={onRefresh}>
            <Icon name="refresh" className={refreshing ? 'spinning' : ''} />
          </button>
        </div>
      </header>
      {standing.reason !== null && (
        <Notice tone={standing.tone}>
          <p>{standing.reason}</p>
          {standing.rbac !== null && <pre className="code-block">{standing.rbac}</pre>}
          {mend && (
            <button type="button" className="button" onClick={() => onMend(mend.action)}>
              {mend.label}
            </button>
          )}
        </Notice>
      )}
    </>
  )
}
