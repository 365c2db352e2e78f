import { globSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const pages = fileURLToPath(new URL('../../app', import.meta.url))

/** The address of every page of the portal, its parameters filled in: `{'[team]': 'ada'}`. Throws for one without a value. */
export function listRoutes(parameters: Record<string, string>): string[] {
  const routes = globSync('**/page.tsx', { cwd: pages }).map((file) => {
    const segments = file.split('/').slice(0, -1)
    const path = segments.filter((segment) => !segment.startsWith('(')).map((segment) => fill(segment, parameters))
    return `/${path.filter((segment) => segment !== '').join('/')}`
  })
  return routes.sort()
}

function fill(segment: string, parameters: Record<string, string>): string {
  if (!segment.startsWith('[')) return segment
  const value = parameters[segment]
  if (value === undefined) throw new Error(`A page has the parameter ${segment}, for which the bench has no value.`)
  return value
}
