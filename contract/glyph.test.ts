import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { clusterIdOf, randomClusterId } from './cluster-identity.ts'
import { glyphCells, glyphSvg } from './glyph.ts'

const ids = Array.from({ length: 2000 }, (_, at) =>
  clusterIdOf(`sha256:${createHash('sha256').update(String(at)).digest('hex')}`),
)

test('every glyph is symmetric left to right and has at least three cells lit', () => {
  for (const id of ids) {
    const cells = glyphCells(id)
    expect(cells).toHaveLength(9)
    expect(cells.filter(Boolean).length).toBeGreaterThanOrEqual(3)
    for (const row of [0, 3, 6]) expect(cells[row]).toBe(cells[row + 2])
  }
})

test('the same id always has the same glyph, and the possible glyphs are all in use', () => {
  expect(ids.map((id) => glyphCells(id))).toEqual(ids.map((id) => glyphCells(id)))
  expect(new Set(ids.map((id) => glyphCells(id).join())).size).toBe(patternsWithThreeCells())
})

test('the SVG holds nine cells and takes its colour from the text around it', () => {
  const svg = glyphSvg(glyphCells(randomClusterId()), 32)
  expect(svg.match(/<rect /g)).toHaveLength(9)
  expect(svg).toContain('fill="currentColor"')
})

function patternsWithThreeCells(): number {
  let patterns = 0
  for (let bits = 0; bits < 64; bits++) {
    const lit = [0, 1, 2].reduce((sum, row) => sum + ((bits >> (row * 2)) & 1) * 2 + ((bits >> (row * 2 + 1)) & 1), 0)
    if (lit >= 3) patterns++
  }
  return patterns
}
