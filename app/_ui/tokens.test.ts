import { readdirSync, readFileSync } from 'node:fs'
import { clampRgb, inGamut, parse, wcagContrast } from 'culori'
import type { Color } from 'culori'
import { describe, expect, it } from 'vitest'
import { statuses } from './status-tones.ts'

const TEXT = 4.5
const SHAPE = 3
const grounds = ['canvas', 'sunken', 'surface', 'raised']

type Pair = readonly [foreground: string, ground: string, least: number]
const themes = ['light', 'dark'] as const

const tokens = readTokens()
const pairs = pairsInUse()

describe.each(themes)('the %s theme', (theme) => {
  it.each(pairs)('%s on %s reaches %d', (foreground, ground, least) => {
    const contrast = wcagContrast(colourOf(foreground, theme), colourOf(ground, theme))
    expect(contrast).toBeGreaterThanOrEqual(least)
  })

  it('has no colour that a screen cannot show', () => {
    const outside = Object.keys(tokens).filter((name) => !inGamut('rgb')(rawColour(name, theme)))
    expect(outside).toEqual([])
  })
})

it('no component names a colour of its own', () => {
  const raw = /#[0-9a-f]{3,8}\b(?=['"\s;)])|\b(?:rgb|hsl|oklch|oklab|lab|lch|color-mix)\(/i
  const app = new URL('..', import.meta.url)
  const sources = readdirSync(app, { recursive: true, encoding: 'utf8' }).filter(
    (path) => /\.(?:tsx|css)$/.test(path) && !path.endsWith('tokens.css'),
  )
  expect(sources.length).toBeGreaterThan(10)
  expect(sources.filter((path) => raw.test(readFileSync(new URL(path, app), 'utf8')))).toEqual([])
})

/** Every foreground that lies on a ground somewhere in the portal, with the least contrast it must have there. */
function pairsInUse(): Pair[] {
  const onGrounds = [...grounds, 'hover'].flatMap((ground): Pair[] => [
    ['ink', ground, TEXT],
    ['muted', ground, TEXT],
    ['link', ground, TEXT],
  ])
  const controls = grounds.flatMap((ground): Pair[] => [
    ['control', ground, SHAPE],
    ['focus', ground, SHAPE],
    ['accent', ground, SHAPE],
    ['unhealthy', ground, TEXT],
  ])
  const states = statuses.flatMap((status): Pair[] => [
    [status, `${status}-soft`, TEXT],
    ['ink', `${status}-soft`, TEXT],
    ['muted', `${status}-soft`, TEXT],
    ...['canvas', 'surface', 'raised', `${status}-soft`].map((ground): Pair => [`${status}-solid`, ground, SHAPE]),
  ])
  return [
    ...onGrounds,
    ...controls,
    ...states,
    ['on-accent', 'accent', TEXT],
    ['on-accent', 'accent-hover', TEXT],
    ['on-danger', 'danger', TEXT],
    ['on-danger', 'danger-hover', TEXT],
    ['link', 'accent-soft', TEXT],
    ['muted', 'accent-soft', TEXT],
    ['focus', 'terminal', SHAPE],
    ['terminal-ink', 'terminal-line', TEXT],
    ...['ink', 'muted', 'healthy', 'accent'].map((name): Pair => [`terminal-${name}`, 'terminal', TEXT]),
  ]
}

function readTokens(): Record<string, { light: string; dark: string }> {
  const css = readFileSync(new URL('tokens.css', import.meta.url), 'utf8')
  const declarations = css.matchAll(/--color-([\w-]+): light-dark\((oklch\([^)]*\)), (oklch\([^)]*\))\)/g)
  return Object.fromEntries([...declarations].map(([, name = '', light = '', dark = '']) => [name, { light, dark }]))
}

function rawColour(name: string, theme: (typeof themes)[number]): Color {
  const colour = parse(tokens[name]?.[theme] ?? '')
  if (!colour) throw new Error(`No token --color-${name} with a ${theme} value`)
  return colour
}

/** Clamped as a browser does; unclamped, culori and axe disagree. */
function colourOf(name: string, theme: (typeof themes)[number]): Color {
  return clampRgb(rawColour(name, theme))
}
