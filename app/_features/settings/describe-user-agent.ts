// The order counts: Edge and Opera call themselves Chrome too, and Chrome calls itself Safari.
const browsers = [
  ['Edg/', 'Edge'],
  ['OPR/', 'Opera'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
] as const

const systems = [
  ['Android', 'Android'],
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Windows', 'Windows'],
  ['Mac OS', 'macOS'],
  ['Linux', 'Linux'],
] as const

/** "Firefox on Linux", as far as the browser says; good enough to tell one's own apart. */
export function describeUserAgent(userAgent: string | null): string {
  const browser = browsers.find(([sign]) => userAgent?.includes(sign))?.[1] ?? 'A browser'
  const system = systems.find(([sign]) => userAgent?.includes(sign))?.[1]
  return system ? `${browser} on ${system}` : browser
}
