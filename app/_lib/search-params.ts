export type SearchParams = Promise<Record<string, string | string[] | undefined>>

/** One value of an address's query; of several, the first. */
export function firstOf(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value
}
