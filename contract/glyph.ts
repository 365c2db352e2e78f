/** Cells of a 3×3 grid, row by row: true is lit. */
export type GlyphCells = readonly boolean[]

/** Where each cell stands in a picture of 24 × 24; a cell is 6 wide. */
export const CELL_PLACES = Array.from({ length: 9 }, (_, at) => ({
  x: 1 + (at % 3) * 8,
  y: 1 + Math.floor(at / 3) * 8,
}))

/** The mark of kube9: all nine cells. */
export const MARK_CELLS: GlyphCells = Array.from({ length: 9 }, () => true)

/**
 * A cluster's picture, computed from its id: symmetric left to right, at least three cells lit, the same wherever it is
 * drawn. The six free cells (left and middle column) are six bits of an FNV-1a hash.
 */
export function glyphCells(clusterId: string): GlyphCells {
  for (let salt = 0; ; salt++) {
    const bits = fnv1a(`${clusterId}#${salt}`)
    const cells = [0, 1, 2].flatMap((row) => {
      const side = Boolean((bits >>> (row * 2)) & 1)
      const middle = Boolean((bits >>> (row * 2 + 1)) & 1)
      return [side, middle, side]
    })
    if (cells.filter(Boolean).length >= 3) return cells
  }
}

/** The one SVG writer for glyphs and the mark: `size` in px, colours from `currentColor`. */
export function glyphSvg(cells: GlyphCells, size: number): string {
  const squares = CELL_PLACES.map(({ x, y }, at) => {
    return `<rect x="${x}" y="${y}" width="6" height="6" rx="1.5"${cells[at] ? '' : ' opacity="0.16"'}/>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 24 24" fill="currentColor" aria-hidden="true">${squares.join('')}</svg>`
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  // FNV's low bits mix poorly on short texts; fold the high ones in.
  return ((hash >>> 0) ^ (hash >>> 15)) >>> 0
}
