import type { LogEntry } from './protocol.ts'

const MAX_CHARACTERS = 16 * 1024
const TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d) ?/
// oxlint-disable-next-line no-control-regex
const ESCAPES = /\u001b\[[0-9;?]*[ -/]*[@-~]/g

/** A line without the escapes by which terminals colour, and of a bounded length. */
export function tidyLine(line: string): string {
  const plain = line.includes('\u001b') ? line.replace(ESCAPES, '') : line
  if (plain.length <= MAX_CHARACTERS) return plain
  return `${plain.slice(0, MAX_CHARACTERS)} … (${plain.length - MAX_CHARACTERS} more characters)`
}

/** The time that the kubelet wrote before the line, and the line. The time is empty where there is none. */
export function splitLine(line: string): { time: string; text: string } {
  const match = TIME.exec(line)
  return match ? { time: match[0].trimEnd(), text: line.slice(match[0].length) } : { time: '', text: line }
}

/** Times of the kubelet have as many digits as they need; with all nine their texts sort as they do. */
export function sortableTime(time: string): string {
  const [, seconds = '', fraction = ''] = TIME.exec(time) ?? []
  return `${seconds}.${fraction.padEnd(9, '0')}`
}

export interface LineSelection {
  filter: string
  timestamps: boolean
}

/** The lines with the filter's text, as a file has them. Marks are not a part of the log. */
export function selectLines(entries: readonly LogEntry[], { filter, timestamps }: LineSelection): string[] {
  const wanted = filter.toLowerCase()
  return entries.flatMap((entry) => {
    if (typeof entry !== 'string') return []
    const { text } = splitLine(entry)
    if (!text.toLowerCase().includes(wanted)) return []
    return [timestamps ? entry : text]
  })
}
