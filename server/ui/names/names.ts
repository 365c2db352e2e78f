/** What a part of the page needs to write names: those under one salt, as far as they are known now. */
export type Names = { saltId: string; nameOf: (pseudonym: string) => string | undefined }

const SHOWN_HEX = 8

/** The real name, or a short form of the pseudonym. */
export function labelOf(names: Names, pseudonym: string): { text: string; real: boolean } {
  const real = names.nameOf(pseudonym)
  return real === undefined ? { text: shortPseudonym(pseudonym), real: false } : { text: real, real: true }
}

/** True when the search is found in the name or in the pseudonym; an empty search finds everything. */
export function matchesSearch(names: Names, pseudonym: string, search: string): boolean {
  const wanted = search.trim().toLowerCase()
  if (wanted === '' || pseudonym.includes(wanted)) return true
  return names.nameOf(pseudonym)?.toLowerCase().includes(wanted) ?? false
}

/** Order of names for people: numbers by their value, known names before pseudonyms. */
export function compareNames({ nameOf }: Names): (one: string, other: string) => number {
  return (one, other) => {
    const [left, right] = [nameOf(one), nameOf(other)]
    if (left !== undefined && right !== undefined) return collator.compare(left, right)
    if (left === right) return one < other ? -1 : Number(one > other)
    return left === undefined ? 1 : -1
  }
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

function shortPseudonym(pseudonym: string): string {
  const dash = pseudonym.indexOf('-')
  return `${pseudonym.slice(0, dash + 1 + SHOWN_HEX)}…`
}
