/** Counts by a name and labels, as Prometheus shows them. */
export class Counters {
  readonly #counts = new Map<string, number>()

  /** Adds one to the series of this name and these labels. */
  count(name: string, labels: Record<string, string> = {}): void {
    const series = seriesOf(name, labels)
    this.#counts.set(series, (this.#counts.get(series) ?? 0) + 1)
  }

  /** Every series of a name, as `name{labels} value`. */
  lines(name: string): string[] {
    return [...this.#counts]
      .filter(([series]) => series === name || series.startsWith(`${name}{`))
      .map((entry) => entry.join(' '))
  }
}

/** `name{a="b"}`, with the label values escaped. */
export function seriesOf(name: string, labels: Record<string, string>): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}="${value.replaceAll(/["\\\n]/g, ' ')}"`)
  return pairs.length === 0 ? name : `${name}{${pairs.join(',')}}`
}
