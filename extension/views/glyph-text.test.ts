import { expect, it } from 'vitest'
import { glyphCells } from '#contract/glyph.ts'
import { glyphText } from './glyph-text.ts'

/** Reads the dots back: column by column, from top to bottom. */
function cellsOf(text: string): boolean[] {
  const [first = 0, second = 0] = Array.from(text, (sign) => (sign.codePointAt(0) ?? 0) - 0x2800)
  return [0, 1, 2].flatMap((row) => [
    Boolean(first & (0x01 << row)),
    Boolean(first & (0x08 << row)),
    Boolean(second & (0x01 << row)),
  ])
}

it('shows the same cells as every other glyph of the cluster', () => {
  for (const id of ['cls_1', 'cls_2', 'cls_3', 'cls_4', 'cls_5', 'cls_6', 'cls_7', 'cls_8']) {
    expect(cellsOf(glyphText(id))).toEqual([...glyphCells(id)])
  }
})

it('is the mark while the cluster’s id is not known', () => {
  expect(cellsOf(glyphText(null))).toEqual(Array.from({ length: 9 }, () => true))
})
