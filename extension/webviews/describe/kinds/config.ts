import { z } from 'zod'
import { bytesText } from '../../frame/quantity.ts'
import { plainFact } from '../cells.ts'
import type { Section } from '../protocol.ts'
import type { Described, KindDescription } from './kind-description.ts'

/** Longer values are read in the YAML view. */
const MAX_SHOWN = 64 * 1024

const texts = z.record(z.string(), z.string()).default({})

const configMapSchema = z.object({ data: texts, binaryData: texts, immutable: z.boolean().optional() })

export function describeConfigMap({ object }: Described): KindDescription {
  const { data, binaryData, immutable } = configMapSchema.parse(object)
  const values = Object.entries(data).map(([label, text]) => ({
    label,
    size: bytesText(Buffer.byteLength(text)),
    text: text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}\n… cut here; the YAML view has all of it.` : text,
  }))
  const binary = Object.entries(binaryData).map(([label, text]) => ({
    label,
    size: `${bytesText(Buffer.from(text, 'base64').length)}, binary`,
    text: null,
  }))
  const keys: Section = { form: 'texts', title: 'Data', texts: [...values, ...binary], empty: 'It has no keys.' }
  const facts = plainFact('Immutable', immutable ? 'Yes' : null)
  return { status: null, sections: [...(facts.length > 0 ? [factsOf('ConfigMap', facts)] : []), keys] }
}

const secretSchema = z.object({ type: z.string().default('Opaque'), immutable: z.boolean().optional() })

/** Keys and sizes: the values never come this far. */
export function describeSecret({ object, secretSizes }: Described): KindDescription {
  const { type, immutable } = secretSchema.parse(object)
  const keys: Section = {
    form: 'texts',
    title: 'Data',
    texts: Object.entries(secretSizes ?? {}).map(([label, bytes]) => ({ label, size: bytesText(bytes), text: null })),
    empty: 'It has no keys.',
  }
  const facts = [
    ...plainFact('Type', type),
    ...plainFact('Immutable', immutable ? 'Yes' : null),
    ...plainFact('Values', 'Never read into the editor'),
  ]
  return { status: null, sections: [factsOf('Secret', facts), keys] }
}

function factsOf(title: string, facts: ReturnType<typeof plainFact>): Section {
  return { form: 'facts', title, facts }
}
