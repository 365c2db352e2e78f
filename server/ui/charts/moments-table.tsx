import { ScrollBox } from '../parts/scroll-box.tsx'
import { bucketTime } from './history-words.ts'

type MomentsTableProps = {
  label: string
  rangeHours: number
  instants: readonly string[]
  columns: readonly { name: string; values: readonly (string | number | null)[] }[]
}

/** The values of a chart as a table, newest first. */
export function MomentsTable({ label, rangeHours, instants, columns }: MomentsTableProps) {
  return (
    <ScrollBox label={label} className="moments">
      <table>
        <caption className="visually-hidden">{label}</caption>
        <thead>
          <tr>
            <th scope="col">From</th>
            {columns.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {instants
            .map((at, place) => (
              <tr key={at}>
                <th scope="row">
                  <time dateTime={at}>{bucketTime(at, rangeHours)}</time>
                </th>
                {columns.map(({ name, values }) => (
                  <td key={name}>{values[place] ?? '–'}</td>
                ))}
              </tr>
            ))
            .toReversed()}
        </tbody>
      </table>
    </ScrollBox>
  )
}
