import type { ObjectReference } from '../../frame/object-reference.ts'
import { Fold, Section, ToneIcon } from '../../frame/browser/parts.tsx'
import type { Overview, OverviewNodes, OverviewPods } from '../protocol.ts'
import { PartValue } from './part-value.tsx'

/** A chart's own colours: green is for what is healthy, and a pod that runs need not be. */
const phaseColours: Record<OverviewPods['phases'][number]['phase'], string> = {
  Running: 'phase-running',
  Pending: 'phase-pending',
  Succeeded: 'phase-succeeded',
  Failed: 'phase-failed',
  Unknown: 'phase-unknown',
}

export function PodsPicture({ pods }: { pods: Overview['pods'] }) {
  return (
    <Section title="Pods by phase">
      <PartValue part={pods}>{(value) => <Phases pods={value} />}</PartValue>
    </Section>
  )
}

function Phases({ pods: { total, phases } }: { pods: OverviewPods }) {
  if (total === 0) return <p className="quiet">No pods yet.</p>
  if (phases.length === 0) return <p className="quiet">{`${total} pods. Their phases are not known.`}</p>
  return (
    <>
      <div className="bar" aria-hidden>
        {phases.map(({ phase, count }) => (
          <span key={phase} className={`share ${phaseColours[phase]}`} style={{ flexGrow: count }} />
        ))}
      </div>
      <ul className="legend">
        {phases.map(({ phase, count }) => (
          <li key={phase}>
            <span className={`swatch ${phaseColours[phase]}`} aria-hidden />
            {phase} <strong className="numeric">{count.toLocaleString('en')}</strong>
          </li>
        ))}
      </ul>
      <Fold summary="As a table">
        <table>
          <thead>
            <tr>
              <th scope="col">Phase</th>
              <th scope="col" className="numeric">
                Pods
              </th>
              <th scope="col" className="numeric">
                Share
              </th>
            </tr>
          </thead>
          <tbody>
            {phases.map(({ phase, count }) => (
              <tr key={phase}>
                <th scope="row">{phase}</th>
                <td className="numeric">{count.toLocaleString('en')}</td>
                <td className="numeric">{`${((count / total) * 100).toFixed(1)} %`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Fold>
    </>
  )
}

interface NodesPictureProps {
  nodes: Overview['nodes']
  onOpen: (reference: ObjectReference) => void
}

export function NodesPicture({ nodes, onOpen }: NodesPictureProps) {
  return (
    <Section title="Nodes">
      <PartValue part={nodes}>{(value) => <NodeCells nodes={value} onOpen={onOpen} />}</PartValue>
    </Section>
  )
}

function NodeCells({
  nodes: { total, ready, shown },
  onOpen,
}: { nodes: OverviewNodes } & Pick<NodesPictureProps, 'onOpen'>) {
  if (total === 0) return <p className="quiet">No nodes yet.</p>
  if (shown.length === 0) return <p className="quiet">{`${ready} of ${total} ready, by the operator’s count.`}</p>
  const more = total - shown.length
  return (
    <>
      <div className="cells" aria-hidden>
        {shown.map(({ reference, tone, state }) => (
          <span key={reference.name} className={`cell tone-${tone}`} title={`${reference.name}: ${state}`} />
        ))}
      </div>
      <p className="nodes-summary">
        {ready === total
          ? total === 1
            ? 'The node is ready.'
            : `All ${total} nodes are ready.`
          : `${total - ready} of ${total} nodes are not ready.`}
        {more > 0 && <span className="quiet">{` ${more} more are not drawn.`}</span>}
      </p>
      <Fold summary="As a table">
        <table>
          <thead>
            <tr>
              <th scope="col">Node</th>
              <th scope="col">State</th>
              <th scope="col">Kubelet</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ reference, tone, state, version }) => (
              <tr key={reference.name}>
                <th scope="row">
                  <button type="button" className="link" onClick={() => onOpen(reference)}>
                    {reference.name}
                  </button>
                </th>
                <td>
                  <span className="word">
                    <ToneIcon tone={tone} />
                    {state}
                  </span>
                </td>
                <td className="mono">{version}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Fold>
    </>
  )
}
