import { RelativeTime, Section, Skeleton, ToneWord } from '../../frame/browser/parts.tsx'
import type { DescribedEvent, ToDescribe } from '../protocol.ts'

interface EventsProps {
  events: DescribedEvent[] | null
  trouble: ToDescribe['eventsTrouble']
}

/** What happened to the object, as far as the cluster remembers. */
export function Events({ events, trouble }: EventsProps) {
  return (
    <Section title="Events">
      {trouble && <p className="quiet">{[trouble.message, trouble.mend].filter(Boolean).join(' ')}</p>}
      {events === null && !trouble && <Skeleton widths={[80, 65]} />}
      {events?.length === 0 && <p className="quiet">None in the time that the cluster keeps them, often an hour.</p>}
      {events && events.length > 0 && <EventTable events={events} />}
    </Section>
  )
}

function EventTable({ events }: { events: DescribedEvent[] }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Reason</th>
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
        {events.map(({ isWarning, reason, message, count, at }) => (
          <tr key={`${reason} ${at} ${message}`}>
            <th scope="row">{isWarning ? <ToneWord tone="warning">{reason}</ToneWord> : reason}</th>
            <td>{message}</td>
            <td className="numeric">{count}</td>
            <td className="numeric">
              <RelativeTime at={at} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
