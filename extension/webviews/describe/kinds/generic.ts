import { z } from 'zod'
import type { Tone } from '../../frame/tone.ts'
import { codeFact } from '../cells.ts'
import { conditionsSection } from '../conditions.ts'
import type { Fact, Section } from '../protocol.ts'
import type { Described, KindDescription } from './kind-description.ts'

const anyObject = z.record(z.string(), z.unknown())
const scalar = z.union([z.string(), z.number(), z.boolean()])
const scalars = z.array(scalar).min(1)

/** An object of a kind of which nothing more is known: what stands plainly in its spec and status. */
export function describeGeneric({ object }: Described): KindDescription {
  const { spec, status } = object
  const sections = [...plainSection('Specification', spec), ...plainSection('Status', status)]
  return { status: phaseOf(status), sections: [...sections, ...conditionsSection(object)] }
}

function plainSection(title: string, value: unknown): Section[] {
  const entries = Object.entries(anyObject.safeParse(value).data ?? {})
  const facts = entries.flatMap(([key, field]): Fact[] => {
    const list = scalars.safeParse(field).data
    return codeFact(wordsOf(key), list ? list.join(', ') : scalarText(field))
  })
  return facts.length === 0 ? [] : [{ form: 'facts', title, facts }]
}

function scalarText(value: unknown): string | null {
  const parsed = scalar.safeParse(value)
  return parsed.success ? String(parsed.data) : null
}

/** `storageClassName` → "Storage class name". */
function wordsOf(key: string): string {
  const words = key.replace(
    /([a-z0-9])([A-Z])/g,
    (_, before: string, after: string) => `${before} ${after.toLowerCase()}`,
  )
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const phaseTones: Record<string, Tone> = {
  Active: 'good',
  Bound: 'good',
  Terminating: 'busy',
  Pending: 'busy',
  Lost: 'bad',
  Failed: 'bad',
}

function phaseOf(status: unknown): KindDescription['status'] {
  const { phase } = anyObject.safeParse(status).data ?? {}
  return typeof phase === 'string' ? { text: phase, tone: phaseTones[phase] ?? 'quiet' } : null
}
