import { Fold, Section } from '../../frame/browser/parts.tsx'
import type { ObjectReference } from '../../frame/object-reference.ts'
import type { Section as DescribedSection } from '../protocol.ts'
import { CellView } from './cell-view.tsx'

type Open = (reference: ObjectReference) => void

export function SectionView({ section, onOpen }: { section: DescribedSection; onOpen: Open }) {
  switch (section.form) {
    case 'facts':
      return (
        <Section title={section.title}>
          <Facts section={section} onOpen={onOpen} />
        </Section>
      )
    case 'table':
      return (
        <Section title={section.title} aside={section.aside && <span className="quiet">{section.aside}</span>}>
          {section.rows.length === 0 ? (
            <p className="quiet">{section.empty}</p>
          ) : (
            <Table section={section} onOpen={onOpen} />
          )}
        </Section>
      )
    case 'texts':
      return (
        <Section title={section.title}>
          {section.texts.length === 0 ? <p className="quiet">{section.empty}</p> : <Texts section={section} />}
        </Section>
      )
  }
}

function Facts({
  section: { facts },
  onOpen,
}: {
  section: Extract<DescribedSection, { form: 'facts' }>
  onOpen: Open
}) {
  return (
    <dl className="facts">
      {facts.map(({ label, values }) => (
        <div key={label} className="fact">
          <dt>{label}</dt>
          <dd>
            {values.map((cell) => (
              <div key={`${cell.text} ${cell.note}`}>
                <CellView cell={cell} onOpen={onOpen} />
              </div>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Table({
  section: { columns, rows },
  onOpen,
}: {
  section: Extract<DescribedSection, { form: 'table' }>
  onOpen: Open
}) {
  return (
    <div className="table-scroll">
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([head, ...cells], row) => (
            // Rows of one table may say the same.
            // oxlint-disable-next-line react/no-array-index-key
            <tr key={row}>
              <th scope="row">{head && <CellView cell={head} onOpen={onOpen} />}</th>
              {cells.map((cell, at) => (
                <td key={columns[at + 1]}>
                  <CellView cell={cell} onOpen={onOpen} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Values are folded: one looks at the one that one needs. */
function Texts({ section: { texts } }: { section: Extract<DescribedSection, { form: 'texts' }> }) {
  return (
    <ul className="texts">
      {texts.map(({ label, size, text }) => {
        const summary = (
          <>
            <code>{label}</code> <span className="quiet">{size}</span>
          </>
        )
        return (
          <li key={label}>
            {text === null ? (
              <p className="bare">{summary}</p>
            ) : (
              <Fold summary={summary}>
                <pre className="code-block">{text}</pre>
              </Fold>
            )}
          </li>
        )
      })}
    </ul>
  )
}
