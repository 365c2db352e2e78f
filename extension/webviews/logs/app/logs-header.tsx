import { Icon } from '../../frame/browser/icon.tsx'
import { Badge, Glyph } from '../../frame/browser/parts.tsx'
import type { ToLogs } from '../protocol.ts'

interface LogsHeaderProps {
  state: Extract<ToLogs, { type: 'state' }> | null
  onDescribe: () => void
}

export function LogsHeader({ state, onDescribe }: LogsHeaderProps) {
  const pod = state?.target.pod
  return (
    <header className="logs-header">
      <Glyph clusterId={state?.clusterId ?? null} size={20} tone={null} />
      <h1>
        <span className="visually-hidden">Logs of </span>
        {pod?.name ?? 'Logs'}
      </h1>
      <span className="quiet">{pod && [pod.namespace, pod.context].filter(Boolean).join(' · ')}</span>
      {state?.pod && <Badge tone={state.pod.tone}>{state.pod.text}</Badge>}
      <button
        type="button"
        className="icon-button end"
        aria-label="Describe the pod"
        title="Describe the pod"
        onClick={onDescribe}
      >
        <Icon name="info" />
      </button>
    </header>
  )
}
