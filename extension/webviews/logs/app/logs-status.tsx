import { Icon } from '../../frame/browser/icon.tsx'
import { Notice, ToneWord } from '../../frame/browser/parts.tsx'
import type { Tone } from '../../frame/tone.ts'
import type { LogPhase, ToLogs } from '../protocol.ts'
import type { LogView } from './page-log.ts'

const phaseTones: Record<LogPhase, Tone> = {
  connecting: 'busy',
  following: 'info',
  waiting: 'busy',
  ended: 'quiet',
  gone: 'warning',
  failed: 'bad',
}

interface LogsStatusProps {
  state: Extract<ToLogs, { type: 'state' }> | null
  view: LogView
  filter: string
  paused: boolean
  behind: number
  onResume: () => void
  onCopyRule: (text: string) => void
}

/** Where the log stands, and the way back to its end. */
export function LogsStatus({ state, view, filter, paused, behind, onResume, onCopyRule }: LogsStatusProps) {
  const { phase, words, rbac } = state ?? { phase: 'connecting' as const, words: 'Connecting', rbac: null }
  return (
    <footer className="logs-footer">
      {phase === 'failed' && (
        <Notice tone="bad">
          <p>{words}</p>
          {rbac !== null && <pre className="code-block">{rbac}</pre>}
          {rbac !== null && (
            <button type="button" className="button secondary" onClick={() => onCopyRule(`- ${rbac}`)}>
              Copy the rule
            </button>
          )}
        </Notice>
      )}
      <div className="logs-status">
        {phase !== 'failed' && (
          <output>
            <ToneWord tone={paused ? 'quiet' : phaseTones[phase]}>{paused ? 'Paused while you read' : words}</ToneWord>
          </output>
        )}
        <span className="quiet numeric">{countWords(view, filter)}</span>
        {paused && (
          <button type="button" className="button resume" onClick={onResume}>
            <Icon name="arrow-down" />
            {behind > 0 ? `To the end, ${behind.toLocaleString('en')} new` : 'To the end'}
          </button>
        )}
      </div>
    </footer>
  )
}

function countWords({ rows, lines, gone }: LogView, filter: string): string {
  const of = filter === '' ? linesText(lines) : `${linesText(rows.length)} of ${lines.toLocaleString('en')}`
  return gone > 0 ? `${of}, ${gone.toLocaleString('en')} earlier not kept` : of
}

function linesText(count: number): string {
  return count === 1 ? '1 line' : `${count.toLocaleString('en')} lines`
}
