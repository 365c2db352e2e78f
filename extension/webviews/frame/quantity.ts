const BINARY = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei']
const DECIMAL = ['k', 'M', 'G', 'T', 'P', 'E']
const FORM = /^([+-]?[0-9.]+)(?:([eE][+-]?\d+)|(m|u|n|[KMGTPE]i|[kMGTPE]))?$/
const SMALL: Record<string, number> = { m: 1e-3, u: 1e-6, n: 1e-9 }

/** The number that a Kubernetes quantity stands for, such as 0.25 for `250m`; 0 for what is none. */
export function quantityValue(text: string): number {
  const [, digits, exponent, suffix] = FORM.exec(text) ?? []
  if (digits === undefined) return 0
  return Number(`${digits}${exponent ?? ''}`) * factorOf(suffix)
}

function factorOf(suffix: string | undefined): number {
  if (suffix === undefined) return 1
  const small = SMALL[suffix]
  if (small !== undefined) return small
  const binary = BINARY.indexOf(suffix)
  return binary >= 0 ? 1024 ** (binary + 1) : 1000 ** (DECIMAL.indexOf(suffix) + 1)
}

/** "12 cores", "1 core", "7.5 cores". */
export function coresText(cores: number): string {
  const rounded = Math.round(cores * 100) / 100
  return `${rounded.toLocaleString('en')} ${rounded === 1 ? 'core' : 'cores'}`
}

/** "96 GiB", "512 MiB", "22 B". */
export function bytesText(bytes: number): string {
  let value = bytes
  let unit = -1
  while (value >= 1024 && unit < BINARY.length - 1) {
    value /= 1024
    unit += 1
  }
  const digits = value >= 100 || unit < 0 ? 0 : 1
  return `${Number(value.toFixed(digits)).toLocaleString('en')} ${unit < 0 ? 'B' : `${BINARY[unit]}B`}`
}
