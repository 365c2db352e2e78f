import { referTo } from '../frame/known-kinds.ts'
import type { Tone } from '../frame/tone.ts'
import type { Cell, Fact } from './protocol.ts'

export const plain = (text: string | number | boolean): Cell => ({ text: String(text) })
export const code = (text: string | number): Cell => ({ text: String(text), code: true })
export const toned = (text: string, tone: Tone): Cell => ({ text, tone })
export const at = (time: string): Cell => ({ text: time, at: time })

interface LinkedName {
  context: string
  kind: string
  name: string
  namespace?: string | null | undefined
  apiVersion?: string | undefined
}

/** A name that leads to its object, where its kind is known. */
export function linked({ namespace = null, ...object }: LinkedName, text = object.name): Cell {
  const link = referTo({ ...object, namespace })
  return link ? { text, code: true, link } : { text, code: true }
}

type Value = Cell | Cell[] | null | undefined | false

/** A fact, or none where there is nothing to say. */
export function fact(label: string, value: Value): Fact[] {
  const values = Array.isArray(value) ? value : value ? [value] : []
  return values.length === 0 ? [] : [{ label, values }]
}

/** A fact of a text or number as it stands; none where it is not set. */
export function codeFact(label: string, value: string | number | null | undefined): Fact[] {
  return fact(label, value === null || value === undefined || value === '' ? null : code(value))
}

export function plainFact(label: string, value: string | number | null | undefined): Fact[] {
  return fact(label, value === null || value === undefined || value === '' ? null : plain(value))
}

export function timeFact(label: string, value: string | null | undefined): Fact[] {
  return fact(label, value ? at(value) : null)
}

/** `app=cart, tier=front`. */
export function selectorText(selector: Record<string, string>): string {
  return Object.entries(selector)
    .map(([key, value]) => `${key}=${value}`)
    .join(',')
}
