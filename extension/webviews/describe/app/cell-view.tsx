import { RelativeTime, ToneWord } from '../../frame/browser/parts.tsx'
import type { ObjectReference } from '../../frame/object-reference.ts'
import type { Cell } from '../protocol.ts'

interface CellViewProps {
  cell: Cell
  onOpen: (reference: ObjectReference) => void
}

/** A value, with its quieter second line. */
export function CellView({ cell, onOpen }: CellViewProps) {
  const { tone, note, noteAt } = cell
  const words = <Words cell={cell} onOpen={onOpen} />
  return (
    <>
      {tone ? <ToneWord tone={tone}>{words}</ToneWord> : words}
      {(note ?? noteAt) && (
        <div className="note quiet">
          {note} {noteAt && <RelativeTime at={noteAt} />}
        </div>
      )}
    </>
  )
}

function Words({ cell: { text, code, at, link }, onOpen }: CellViewProps) {
  if (at) return <RelativeTime at={at} />
  const words = code ? <code>{text}</code> : text
  if (!link) return <>{words}</>
  return (
    <button type="button" className="link" onClick={() => onOpen(link)}>
      {words}
    </button>
  )
}
