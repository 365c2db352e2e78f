/** A part of a Markdown file that a program writes, between two marks that readers do not see. */
export interface MarkedPart {
  name: string
  /** The file that writes it, from the repository's root. */
  writer: string
}

/** Puts content between the part's marks. Throws when they are not there. */
export function withMarkedPart(markdown: string, part: MarkedPart, content: string): string {
  const begin = `<!-- ${part.name}: begin, written by ${part.writer} -->`
  const end = `<!-- ${part.name}: end -->`
  const [before, rest] = markdown.split(begin)
  const after = rest?.split(end)[1]
  if (before === undefined || after === undefined) throw new Error(`The marks of the part “${part.name}” are missing.`)
  return `${before}${begin}\n\n${content}\n\n${end}${after}`
}
