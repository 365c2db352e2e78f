import type { Tone } from '../frame/tone.ts'
import { code, linked, plain, toned } from './cells.ts'
import type { Section } from './protocol.ts'
import type { Related } from './related.ts'

const DONE = new Set(['Completed', 'Succeeded'])
const STARTING = new Set(['Pending', 'ContainerCreating', 'PodInitializing', 'Terminating'])

/** The pods of a workload or a node. */
export function podsSection({ pods, trouble }: Related, context: string, title = 'Pods'): Section[] {
  if (!pods) return trouble === null ? [] : [emptyPods(title, trouble)]
  const rows = pods.rows.map(({ name, namespace, cells }) => [
    linked({ context, kind: 'Pod', name, namespace }),
    toned(cells['Status'] ?? '', podTone(cells)),
    plain(cells['Ready'] ?? ''),
    plain(cells['Restarts'] ?? ''),
    nodeCell(context, cells['Node']),
  ])
  const aside = pods.isCut ? `the first ${rows.length}` : String(rows.length)
  return [
    { form: 'table', title, columns: ['Pod', 'Status', 'Ready', 'Restarts', 'Node'], rows, empty: 'No pods.', aside },
  ]
}

function emptyPods(title: string, empty: string): Section {
  return { form: 'table', title, columns: ['Pod'], rows: [], empty }
}

function nodeCell(context: string, node: string | undefined) {
  return node && node !== '<none>' ? linked({ context, kind: 'Node', name: node }) : plain('–')
}

function podTone(cells: Record<string, string>): Tone {
  const status = cells['Status'] ?? ''
  if (DONE.has(status)) return 'quiet'
  if (STARTING.has(status) || status.startsWith('Init:')) return 'busy'
  if (status !== 'Running') return 'bad'
  const [ready, all] = (cells['Ready'] ?? '').split('/')
  return ready === all ? 'good' : 'warning'
}

/** Where a Service leads. */
export function endpointsSection(
  { endpoints, trouble }: Related,
  where: { context: string; namespace: string | null },
): Section[] {
  if (!endpoints && trouble === null) return []
  const rows = (endpoints ?? []).map(({ address, ready, ports, targetKind, targetName, node }) => [
    code(address),
    ready ? toned('Ready', 'good') : toned('Not ready', 'warning'),
    code(ports),
    targetKind && targetName ? linked({ ...where, kind: targetKind, name: targetName }) : plain('–'),
    node ? linked({ context: where.context, kind: 'Node', name: node }) : plain('–'),
  ])
  const empty = endpoints ? 'No endpoints: no pod matches the selector, so nothing answers.' : (trouble ?? '')
  return [{ form: 'table', title: 'Endpoints', columns: ['Address', 'State', 'Ports', 'Target', 'Node'], rows, empty }]
}
