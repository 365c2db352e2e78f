import { glyphCells } from '#contract/glyph.ts'
import { demoCluster, demoFacts } from './stage-script.ts'

const cells = glyphCells(demoCluster.id)
const litCount = cells.filter(Boolean).length

/** The example cluster's glyph, large: its cells fill as the stage's four facts arrive. */
export function HeroGlyph() {
  return (
    <div aria-hidden className="absolute top-24 right-5 hidden grid-cols-3 gap-5 lg:grid">
      {cells.map((lit, at) => (
        <span key={`${at % 3}-${Math.floor(at / 3)}`} className="relative size-24 rounded-[22px] border bg-surface">
          {lit && (
            <span
              className="stage-arrive absolute -inset-px rounded-[22px] bg-healthy-solid"
              style={{ animationDelay: `${arrivalOf(at)}s` }}
            />
          )}
        </span>
      ))}
    </div>
  )
}

/** Lit cells share the facts between them, top left first. */
function arrivalOf(cell: number): number {
  const rank = cells.slice(0, cell).filter(Boolean).length
  const fact = demoFacts[Math.floor((rank * demoFacts.length) / litCount)]
  return fact?.at ?? 0
}
