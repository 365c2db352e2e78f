import type { RefObject } from 'react'
import { Icon } from '../../frame/browser/icon.tsx'
import type { IconName } from '../../frame/browser/icon.tsx'
import { tailChoices } from '../protocol.ts'
import type { LogContainer, LogOptions, ToLogs } from '../protocol.ts'

/** How the lines are shown. */
export interface Show {
  filter: string
  timestamps: boolean
  wrap: boolean
}

interface LogsToolbarProps {
  state: Extract<ToLogs, { type: 'state' }> | null
  show: Show
  filterField: RefObject<HTMLInputElement | null>
  onRead: (options: LogOptions) => void
  onShow: (show: Show) => void
  onCopy: () => void
  onSave: () => void
}

const sinceChoices = [
  { words: 'any time', seconds: null },
  { words: 'last minute', seconds: 60 },
  { words: 'last 10 minutes', seconds: 600 },
  { words: 'last hour', seconds: 3_600 },
  { words: 'last day', seconds: 86_400 },
]

export function LogsToolbar(props: LogsToolbarProps) {
  const { show, filterField, onShow, onCopy, onSave } = props
  return (
    <div className="logs-toolbar" role="toolbar" aria-label="Log">
      <ReadingFields {...props} />
      <span className="showing">
        <span className="filter">
          <Icon name="filter" />
          <input
            ref={filterField}
            className="field"
            type="search"
            placeholder="Filter lines"
            aria-label="Filter lines"
            maxLength={1_000}
            value={show.filter}
            onChange={(event) => onShow({ ...show, filter: event.target.value })}
          />
        </span>
        <span className="buttons">
          <Toggle
            icon="history"
            label="Show times"
            on={show.timestamps}
            onToggle={(timestamps) => onShow({ ...show, timestamps })}
          />
          <Toggle
            icon="word-wrap"
            label="Wrap long lines"
            on={show.wrap}
            onToggle={(wrap) => onShow({ ...show, wrap })}
          />
          <button
            type="button"
            className="icon-button"
            aria-label="Copy the lines"
            title="Copy the lines"
            onClick={onCopy}
          >
            <Icon name="copy" />
          </button>
          <button
            type="button"
            className="icon-button"
            aria-label="Save the lines"
            title="Save the lines…"
            onClick={onSave}
          >
            <Icon name="save" />
          </button>
        </span>
      </span>
    </div>
  )
}

/** What is read; each change reads anew. */
function ReadingFields({ state, onRead }: Pick<LogsToolbarProps, 'state' | 'onRead'>) {
  if (!state) return null
  const { options, containers } = state
  const chosen = containers.find(({ name }) => name === options.container)
  const change = (part: Partial<LogOptions>) => onRead({ ...options, ...part })
  return (
    <>
      <select
        className="field"
        aria-label="Container"
        value={options.container ?? ''}
        onChange={(event) => change({ container: event.target.value, previous: false })}
      >
        {containers.map((container) => (
          <option key={container.name} value={container.name}>
            {containerWords(container)}
          </option>
        ))}
      </select>
      <select
        className="field"
        aria-label="Since"
        value={String(options.sinceSeconds)}
        onChange={(event) =>
          change({ sinceSeconds: event.target.value === 'null' ? null : Number(event.target.value) })
        }
      >
        {sinceChoices.map(({ words, seconds }) => (
          <option key={words} value={String(seconds)}>
            {words}
          </option>
        ))}
      </select>
      <select
        className="field"
        aria-label="Lines to begin with"
        value={options.tailLines}
        onChange={(event) => change({ tailLines: Number(event.target.value) })}
      >
        {tailChoices.map((lines) => (
          <option key={lines} value={lines}>
            {`last ${lines.toLocaleString('en')} lines`}
          </option>
        ))}
      </select>
      <Check
        label="Follow"
        checked={options.follow && !options.previous}
        disabled={options.previous}
        onCheck={(follow) => change({ follow })}
      />
      <Check
        label="Before the restart"
        checked={options.previous}
        disabled={!options.previous && (chosen?.restarts ?? 0) === 0}
        onCheck={(previous) => change({ previous })}
      />
    </>
  )
}

function containerWords({ name, role, state }: LogContainer): string {
  return role === 'main' ? `${name}: ${state}` : `${name} (${role}): ${state}`
}

interface CheckProps {
  label: string
  checked: boolean
  disabled: boolean
  onCheck: (checked: boolean) => void
}

function Check({ label, checked, disabled, onCheck }: CheckProps) {
  return (
    <label className="check">
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onCheck(event.target.checked)}
      />
      {label}
    </label>
  )
}

interface ToggleProps {
  icon: IconName
  label: string
  on: boolean
  onToggle: (on: boolean) => void
}

function Toggle({ icon, label, on, onToggle }: ToggleProps) {
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={label}
      title={label}
      aria-pressed={on}
      onClick={() => onToggle(!on)}
    >
      <Icon name={icon} />
    </button>
  )
}
