import { COLLECTION_MAX_BYTES } from '#contract/collections.ts'

/** What stands around `data` in a body is far less. */
const ENVELOPE_BYTES = 4096

type ListsOf<T> = { [Key in keyof T]: T[Key] extends unknown[] ? Key : never }[keyof T]

/** The data below the size that the server takes: the longest of the lists is halved until it is, and that is said. */
export function fitWithin<T extends { truncated: boolean }>(
  data: T,
  lists: readonly ListsOf<T>[],
  maxBytes: number = COLLECTION_MAX_BYTES - ENVELOPE_BYTES,
): T {
  let fitting = data
  while (Buffer.byteLength(JSON.stringify(fitting)) > maxBytes) {
    const lengthOf = (list: ListsOf<T>) => (fitting[list] as unknown[]).length
    const [longest] = lists.toSorted((one, other) => lengthOf(other) - lengthOf(one))
    if (longest === undefined || lengthOf(longest) === 0)
      throw new Error('The collection does not fit, even without its lists.')
    const half = (fitting[longest] as unknown[]).slice(0, Math.floor(lengthOf(longest) / 2))
    fitting = { ...fitting, [longest]: half, truncated: true }
  }
  return fitting
}
