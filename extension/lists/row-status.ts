import type { TableRow } from './table-page.ts'

/** How a row is meant; each has an icon of its own, so that colour is never alone. */
export type RowTone = 'plain' | 'busy' | 'done' | 'warning' | 'bad'

export interface RowStatus {
  /** What stands behind the name; may be empty. */
  text: string
  tone: RowTone
}

type ToStatus = (row: TableRow) => RowStatus

const plain = (...parts: string[]): RowStatus => ({ text: joined(parts), tone: 'plain' })

function joined(parts: string[]): string {
  return parts.filter((part) => part !== '' && part !== '<none>').join(' · ')
}

const POD_BUSY = /^(Pending|ContainerCreating|PodInitializing|Terminating|Init:\d+\/\d+|SchedulingGated)$/

/** What is out of the ordinary comes first: a side bar is narrow. */
function ofPod(row: TableRow): RowStatus {
  const status = row.cell('Status')
  const ready = row.cell('Ready')
  const restarts = Number.parseInt(row.cell('Restarts'), 10) || 0
  const restarted = restarts > 0 ? `${restarts} ${restarts === 1 ? 'restart' : 'restarts'}` : ''
  if (status === 'Running') return { text: joined([ready, restarted]), tone: isFull(ready) ? 'plain' : 'warning' }
  if (status === 'Completed' || status === 'Succeeded') return { text: status, tone: 'done' }
  return { text: joined([status, ready, restarted]), tone: POD_BUSY.test(status) ? 'busy' : 'bad' }
}

function isFull(ready: string): boolean {
  const [have, want] = ready.split('/')
  return have === want
}

/** `3/3`: as many as there should be, fewer, or none wanted. */
function ofReplicas(ready: string, ...more: string[]): RowStatus {
  const text = joined([ready, ...more])
  if (ready.endsWith('/0')) return { text, tone: 'done' }
  return { text, tone: isFull(ready) ? 'plain' : 'warning' }
}

const jobTones: Record<string, RowTone> = { Complete: 'done', Failed: 'bad', Suspended: 'done', Running: 'busy' }

function ofJob(row: TableRow): RowStatus {
  const status = row.cell('Status')
  const text = joined([row.cell('Completions'), status])
  return { text, tone: jobTones[status] ?? (isFull(row.cell('Completions')) ? 'done' : 'busy') }
}

function ofCronJob(row: TableRow): RowStatus {
  const last = row.cell('Last Schedule')
  const isSuspended = row.cell('Suspend') === 'True'
  const text = joined([
    row.cell('Schedule'),
    isSuspended ? 'suspended' : last && last !== '<none>' ? `last ${last} ago` : '',
  ])
  return { text, tone: isSuspended ? 'done' : 'plain' }
}

function ofNode(row: TableRow): RowStatus {
  const status = row.cell('Status')
  const text = joined([status.replaceAll(',', ', '), row.cell('Roles'), row.cell('Version')])
  if (/^NotReady|Unknown/.test(status)) return { text, tone: 'bad' }
  return { text, tone: status.includes('SchedulingDisabled') ? 'warning' : 'plain' }
}

function ofNamespace(row: TableRow): RowStatus {
  const status = row.cell('Status')
  return status === 'Active' ? plain() : { text: status, tone: 'busy' }
}

function ofEvent(row: TableRow): RowStatus {
  const isWarning = row.cell('Type') === 'Warning'
  return { text: joined([row.cell('Last Seen'), row.cell('Message')]), tone: isWarning ? 'warning' : 'plain' }
}

const keys = (count: string) => (count === '' ? '' : `${count} ${count === '1' ? 'key' : 'keys'}`)

const byKind: Record<string, ToStatus> = {
  Pod: ofPod,
  Deployment: (row) => ofReplicas(row.cell('Ready')),
  StatefulSet: (row) => ofReplicas(row.cell('Ready')),
  ReplicaSet: (row) => ofReplicas(`${row.cell('Ready')}/${row.cell('Desired')}`),
  DaemonSet: (row) => ofReplicas(`${row.cell('Ready')}/${row.cell('Desired')}`),
  Job: ofJob,
  CronJob: ofCronJob,
  Node: ofNode,
  Namespace: ofNamespace,
  Service: (row) => plain(row.cell('Type'), row.cell('Port(s)')),
  Ingress: (row) => plain(row.cell('Class'), row.cell('Hosts')),
  ConfigMap: (row) => plain(keys(row.cell('Data'))),
  Secret: (row) => plain(row.cell('Type'), keys(row.cell('Data'))),
  Event: ofEvent,
}

/** What a row of kubectl's table says of an object, in a few words. */
export function rowStatus(kind: string, row: TableRow): RowStatus {
  return byKind[kind]?.(row) ?? plain()
}
