import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { RefObject } from 'react'
import { z } from 'zod'
import { connectHost } from '../../frame/browser/host.ts'
import { logOptionsSchema, toLogsSchema } from '../protocol.ts'
import type { FromLogs, LogOptions, ToLogs } from '../protocol.ts'
import { LogList } from './log-list.tsx'
import { LogsHeader } from './logs-header.tsx'
import { LogsStatus } from './logs-status.tsx'
import { LogsToolbar } from './logs-toolbar.tsx'
import type { Show } from './logs-toolbar.tsx'
import { PageLog } from './page-log.ts'

const viewSchema = z.object({
  options: logOptionsSchema.nullable(),
  filter: z.string(),
  timestamps: z.boolean(),
  wrap: z.boolean(),
})

type State = Extract<ToLogs, { type: 'state' }>

const host = connectHost<ToLogs, FromLogs>(toLogsSchema)
const kept = host.kept(viewSchema)
const log = new PageLog()

export function LogsPage() {
  const [state, setState] = useState<State | null>(null)
  const [behind, setBehind] = useState(0)
  const [show, setShow] = useState<Show>({
    filter: kept?.filter ?? '',
    timestamps: kept?.timestamps ?? false,
    wrap: kept?.wrap ?? true,
  })
  const [paused, setPaused] = useState(false)
  const view = useSyncExternalStore(log.subscribe, log.read)

  useEffect(() => {
    const end = host.listen((message) => {
      if (message.type === 'state') setState(message)
      else if (message.type === 'behind') setBehind(message.count)
      else {
        log.add(message)
        if (message.isNew) setPaused(false)
        setBehind(0)
        host.post({ v: 1, type: 'got', batch: message.batch })
      }
    })
    host.post({ v: 1, type: 'ready', options: kept?.options ?? null })
    return end
  }, [])

  useEffect(() => log.filter(show.filter), [show.filter])
  useEffect(() => {
    if (state) host.keep({ target: state.target, view: { options: state.options, ...show } })
  }, [state, show])

  const pause = useCallback((wanted: boolean) => {
    setPaused(wanted)
    setBehind(0)
    host.post({ v: 1, type: 'pause', paused: wanted })
  }, [])
  const read = (options: LogOptions) => {
    // Shown at once; what the host says of it follows.
    setState((before) => before && { ...before, options })
    host.post({ v: 1, type: 'read', options })
  }
  const filterField = useFindKey()

  return (
    <main className="logs">
      <LogsHeader state={state} onDescribe={() => host.post({ v: 1, type: 'describe' })} />
      <LogsToolbar
        state={state}
        show={show}
        filterField={filterField}
        onRead={read}
        onShow={setShow}
        onCopy={() => host.post({ v: 1, type: 'copy', filter: show.filter, timestamps: show.timestamps })}
        onSave={() => host.post({ v: 1, type: 'save', filter: show.filter, timestamps: show.timestamps })}
      />
      <LogList view={view} show={show} paused={paused} onPause={pause} phase={state?.phase ?? 'connecting'} />
      <LogsStatus
        state={state}
        view={view}
        filter={show.filter}
        paused={paused}
        behind={behind}
        onResume={() => pause(false)}
        onCopyRule={(text) => host.post({ v: 1, type: 'copy-text', text })}
      />
    </main>
  )
}

/** The editor's own find sees the rows in sight alone, so its key leads to the filter. */
function useFindKey(): RefObject<HTMLInputElement | null> {
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'f' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      field.current?.select()
    }
    window.addEventListener('keydown', hear)
    return () => window.removeEventListener('keydown', hear)
  }, [])
  return field
}
