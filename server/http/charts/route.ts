export type ChartAddress = {
  /** Public address of the repository, without a slash at its end: `https://charts.kube9.io`. */
  chartsUrl: string
  /** Public address of the portal, where the same files lie under `/charts`. */
  portalUrl: string
}

/** A path that belongs to the repository, or null when the portal's pages should answer. */
export type ChartRoute = { kind: 'index' } | { kind: 'package'; fileName: string } | { kind: 'unknown' }

const PORTAL_PREFIX = '/charts/'
const PACKAGE = /^[0-9A-Za-z][0-9A-Za-z.+_-]*\.tgz$/
const REPOSITORY_FILE = /^[^/]*(?:\.yaml|\.tgz|\.prov)$/

/**
 * Tells repository paths from pages. On the chart host every path is the repository's; on the portal's host only files
 * under `/charts/` are, so that `/charts` and `/charts/<name>` stay pages.
 */
export function routeChartRequest(address: ChartAddress, host: string | undefined, target: string): ChartRoute | null {
  const path = pathOf(target)
  const prefix = prefixOnChartHost(address, host)
  if (prefix !== null) return path.startsWith(prefix) ? routeFile(path.slice(prefix.length)) : { kind: 'unknown' }
  if (!path.startsWith(PORTAL_PREFIX)) return null
  const file = path.slice(PORTAL_PREFIX.length)
  return REPOSITORY_FILE.test(file) ? routeFile(file) : null
}

/** Null unless the repository has a host of its own and this is it. */
function prefixOnChartHost({ chartsUrl, portalUrl }: ChartAddress, host: string | undefined): string | null {
  const charts = new URL(chartsUrl)
  if (charts.host === new URL(portalUrl).host || host?.toLowerCase() !== charts.host) return null
  return charts.pathname.endsWith('/') ? charts.pathname : `${charts.pathname}/`
}

function routeFile(file: string): ChartRoute {
  if (file === 'index.yaml') return { kind: 'index' }
  return PACKAGE.test(file) ? { kind: 'package', fileName: file } : { kind: 'unknown' }
}

/** Helm carries a repository's query over to its charts; it means nothing here. `+` in a version may come as %2B. */
function pathOf(target: string): string {
  const [path = ''] = target.split('?', 1)
  return path.replaceAll(/%2b/gi, '+')
}
