import type { SeenObject } from '../../../documents/seen-object.ts'
import type { Tone } from '../../frame/tone.ts'
import type { Related } from '../related.ts'
import type { Section } from '../protocol.ts'

export interface Described extends SeenObject {
  context: string
  /** What belongs to it, as far as it was read. */
  related: Related
}

/** What is said of an object of one kind, beside what is said of all. */
export interface KindDescription {
  status: { text: string; tone: Tone } | null
  sections: Section[]
}

export type DescribeKind = (described: Described) => KindDescription
