/** "15.3 GiB", "900 MiB". */
export function memory(mebibytes: number): string {
  if (mebibytes < 1024) return `${mebibytes} MiB`
  const gibibytes = mebibytes / 1024
  return gibibytes < 1024 ? `${round(gibibytes)} GiB` : `${round(gibibytes / 1024)} TiB`
}

/** "12.4 cores". */
export function cores(value: number): string {
  return `${round(value)} ${value === 1 ? 'core' : 'cores'}`
}

/** A share in percent as people say it: none is "0 %", and what is more than none is never called that. */
export function percent(count: number, total: number): string {
  if (total === 0 || count === 0) return '0 %'
  const share = (count / total) * 100
  return share < 1 ? '< 1 %' : `${Math.round(share)} %`
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10)
}
