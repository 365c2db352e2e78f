const BINARY = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei']
const DECIMAL = ['k', 'M', 'G', 'T', 'P', 'E']
const FORM = /^([+-]?[0-9.]+)(?:([eE][+-]?\d+)|(m|u|n|[KMGTPE]i|[kMGTPE]))?$/

/** The number that a Kubernetes quantity stands for, such as 0.25 for `250m`; 0 for what is none. */
export function parseQuantity(text: string): number {
  const [, digits, exponent, suffix] = FORM.exec(text) ?? []
  if (digits === undefined) return 0
  return Number(`${digits}${exponent ?? ''}`) * factorOf(suffix)
}

function factorOf(suffix: string | undefined): number {
  if (suffix === undefined) return 1
  if (suffix === 'm') return 1e-3
  if (suffix === 'u') return 1e-6
  if (suffix === 'n') return 1e-9
  const binary = BINARY.indexOf(suffix)
  return binary >= 0 ? 1024 ** (binary + 1) : 1000 ** (DECIMAL.indexOf(suffix) + 1)
}

/** Cores as a quantity: `7500m` or `12`. */
export function cpuQuantity(cores: number): string {
  const millicores = Math.round(cores * 1000)
  return millicores % 1000 === 0 ? String(millicores / 1000) : `${millicores}m`
}

/** Bytes as a quantity in the largest unit that leaves at least 10: `96Gi`, `512Mi`. */
export function memoryQuantity(bytes: number): string {
  let value = bytes / 1024
  let unit = 0
  while (value >= 10 * 1024 && unit < BINARY.length - 1) {
    value /= 1024
    unit += 1
  }
  return `${Math.round(value)}${BINARY[unit]}`
}
