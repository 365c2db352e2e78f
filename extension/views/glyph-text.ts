import { glyphCells, MARK_CELLS } from '#contract/glyph.ts'

const BRAILLE = 0x2800
/** Dots of a braille sign, its two columns from top to bottom. */
const DOTS = [
  [0x01, 0x02, 0x04],
  [0x08, 0x10, 0x20],
] as const

/** A cluster's glyph where only text may stand: two braille signs, whose first three columns are the grid. */
export function glyphText(clusterId: string | null): string {
  const cells = clusterId === null ? MARK_CELLS : glyphCells(clusterId)
  const column = (at: number, dots: readonly number[]) =>
    dots.reduce((sum, dot, row) => sum + (cells[row * 3 + at] ? dot : 0), 0)
  const first = column(0, DOTS[0]) + column(1, DOTS[1])
  return String.fromCodePoint(BRAILLE + first, BRAILLE + column(2, DOTS[0]))
}
