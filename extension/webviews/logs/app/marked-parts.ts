export interface TextPart {
  text: string
  isHit: boolean
  /** Where it begins. */
  at: number
}

/** A line cut where the filter's text is. */
export function markedParts(line: string, filter: string): TextPart[] {
  if (filter === '') return [{ text: line, isHit: false, at: 0 }]
  const lowered = line.toLowerCase()
  const wanted = filter.toLowerCase()
  // A few letters change their length with their case; such a line is shown unmarked.
  if (lowered.length !== line.length) return [{ text: line, isHit: false, at: 0 }]
  const parts: TextPart[] = []
  let from = 0
  for (let hit = lowered.indexOf(wanted); hit >= 0; hit = lowered.indexOf(wanted, from)) {
    if (hit > from) parts.push({ text: line.slice(from, hit), isHit: false, at: from })
    parts.push({ text: line.slice(hit, hit + wanted.length), isHit: true, at: hit })
    from = hit + wanted.length
  }
  if (from < line.length) parts.push({ text: line.slice(from), isHit: false, at: from })
  return parts
}
