import { Uri } from 'vscode'
import { glyphCells, glyphSvg, MARK_CELLS } from '#contract/glyph.ts'
import type { Mode } from '../cluster/standing.ts'

/** An icon of the tree cannot read the theme: a colour for light and one for dark ones, each at 3:1 or more. Green is for Pro alone. */
const colors: Record<Mode, { light: string; dark: string }> = {
  unseen: { light: '#6e7180', dark: '#9a9dac' },
  connecting: { light: '#6e7180', dark: '#9a9dac' },
  unreachable: { light: '#6e7180', dark: '#9a9dac' },
  basic: { light: '#4a4d5c', dark: '#c5c7d3' },
  operated: { light: '#2663c4', dark: '#6fa8f5' },
  enabled: { light: '#18793f', dark: '#4fc47f' },
  degraded: { light: '#8f5b00', dark: '#e0a33e' },
  forbidden: { light: '#8f5b00', dark: '#e0a33e' },
}

const drawn = new Map<string, { light: Uri; dark: Uri }>()

/** The cluster's glyph in the colour of where it stands; the mark while its id is not known. */
export function glyphIcon(clusterId: string | null, mode: Mode): { light: Uri; dark: Uri } {
  const key = `${clusterId} ${mode}`
  const known = drawn.get(key)
  if (known) return known
  const svg = glyphSvg(clusterId === null ? MARK_CELLS : glyphCells(clusterId), 16)
  const { light, dark } = colors[mode]
  const icon = { light: toUri(svg, light), dark: toUri(svg, dark) }
  drawn.set(key, icon)
  return icon
}

function toUri(svg: string, color: string): Uri {
  const text = svg.replace('currentColor', color)
  return Uri.parse(`data:image/svg+xml;base64,${Buffer.from(text).toString('base64')}`)
}
