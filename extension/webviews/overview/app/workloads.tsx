import { RelativeTime, Section, Skeleton, ToneWord } from '../../frame/browser/parts.tsx'
import type { ObjectReference } from '../../frame/object-reference.ts'
import type { Overview, Warning, WorkloadKind } from '../protocol.ts'
import { PartValue } from './part-value.tsx'

type Open = (reference: ObjectReference) => void

export function Workloads({ workloads }: { workloads: WorkloadKind[] }) {
  return (
    <Section title="Workloads">
      <ul className="workloads">
        {workloads.map(({ kind, count, troubled }) => (
          <li key={kind}>
            <span className="count numeric">
              <PartValue part={count}>{(value) => value.toLocaleString('en')}</PartValue>
            </span>
            <span className="kind">{`${kind}s`}</span>
            {troubled !== null && troubled > 0 && <ToneWord tone="warning">{`${troubled} not ready`}</ToneWord>}
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** What is not as it should be, or that nothing is. */
export function Troubles({ overview: { troubles, workloads }, onOpen }: { overview: Overview; onOpen: Open }) {
  const judged = workloads.filter(({ troubled }) => troubled !== null)
  if (troubles === null) return null
  if (judged.length === 0) return null
  if (troubles.length === 0) {
    return (
      <p className="all-well">
        <ToneWord tone="good">{`${judged.map(({ kind }) => `${kind}s`).join(', ')}: all as they should be.`}</ToneWord>
      </p>
    )
  }
  const all = judged.reduce((sum, { troubled }) => sum + (troubled ?? 0), 0)
  return (
    <Section
      title="Not as they should be"
      aside={all > troubles.length && <span className="quiet">{`the first ${troubles.length} of ${all}`}</span>}
    >
      <div className="table-scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">Workload</th>
              <th scope="col">Namespace</th>
              <th scope="col">Ready</th>
              <th scope="col">What is amiss</th>
            </tr>
          </thead>
          <tbody>
            {troubles.map(({ reference, ready, note }) => (
              <tr key={`${reference.kind} ${reference.namespace} ${reference.name}`}>
                <th scope="row">
                  <button type="button" className="link" onClick={() => onOpen(reference)}>
                    {`${reference.kind} ${reference.name}`}
                  </button>
                </th>
                <td>{reference.namespace}</td>
                <td className="numeric left">{ready}</td>
                <td>
                  <ToneWord tone="warning">{note}</ToneWord>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}

export function Warnings({ warnings, onOpen }: { warnings: Overview['warnings']; onOpen: Open }) {
  return (
    <Section
      title="Recent warnings"
      aside={<span className="quiet">events of the last hour, as the cluster keeps them</span>}
    >
      {warnings.state === 'loading' ? (
        <Skeleton widths={[90, 70]} />
      ) : (
        <PartValue part={warnings}>
          {(list) =>
            list.length === 0 ? <p className="quiet">No warnings.</p> : <WarningTable list={list} onOpen={onOpen} />
          }
        </PartValue>
      )}
    </Section>
  )
}

function WarningTable({ list, onOpen }: { list: Warning[]; onOpen: Open }) {
  return (
    <div className="table-scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">Reason</th>
            <th scope="col">Object</th>
            <th scope="col">Message</th>
            <th scope="col" className="numeric">
              Times
            </th>
            <th scope="col" className="numeric">
              Last seen
            </th>
          </tr>
        </thead>
        <tbody>
          {list.map((warning) => (
            <tr
              key={`${warning.kind} ${warning.namespace} ${warning.name} ${warning.reason} ${warning.at} ${warning.message}`}
            >
              <th scope="row">
                <ToneWord tone="warning">{warning.reason}</ToneWord>
              </th>
              <td className="object">
                <WarnedObject warning={warning} onOpen={onOpen} />
                {warning.namespace !== null && <div className="quiet">{warning.namespace}</div>}
              </td>
              <td className="message">{warning.message}</td>
              <td className="numeric">{warning.count.toLocaleString('en')}</td>
              <td className="numeric">
                <RelativeTime at={warning.at} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function WarnedObject({ warning: { kind, name, reference }, onOpen }: { warning: Warning; onOpen: Open }) {
  const words = `${kind} ${name}`
  if (!reference) return <>{words}</>
  return (
    <button type="button" className="link" onClick={() => onOpen(reference)}>
      {words}
    </button>
  )
}
