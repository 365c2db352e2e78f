/** One measured promise. `ratio` is value ÷ reference; a promise without a bar is only shown. */
export interface Row {
  promise: string
  value: number
  unit: string
  reference: number | null
  ratio: number | null
  bar: number | null
  met: boolean
}

interface Measurement {
  promise: string
  value: number
  unit: string
  /** What the value is compared with, in the same unit. */
  reference?: number
  /** The most that the value may be; with `atLeast`, the least. */
  bar?: number
  atLeast?: boolean
}

/** What a file in bench/ exports under the name `measure`. */
export type Measure = () => Promise<Row[]>

/** A row of a bench's table, its ratio and verdict computed. Values are rounded to three digits after the point. */
export function toRow(measurement: Measurement): Row {
  const { promise, unit, reference = null, bar = null, atLeast = false } = measurement
  const value = round(measurement.value)
  const met = bar === null || (atLeast ? value >= bar : value <= bar)
  return { promise, value, unit, reference, ratio: reference === null ? null : round(value / reference), bar, met }
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
