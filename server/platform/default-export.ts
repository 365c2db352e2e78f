/**
 * The default export of a CommonJS module that was written as an ES module: Node gives the whole module there, a bundler the
 * export itself.
 */
export function defaultExport<T>(imported: unknown): T {
  const holder = imported as { default?: T }
  return holder.default ?? (imported as T)
}
