const NAMED = 3

/** What happens when a key is revoked, with the clusters that it hits and the time it takes. */
export function revocationConsequence(clusterNames: readonly string[]): string {
  if (clusterNames.length === 0) {
    return 'No cluster uses this key. The server refuses it within seconds, and that cannot be undone.'
  }
  const others = clusterNames.length - NAMED
  const named = clusterNames.slice(0, NAMED).join(', ') + (others > 0 ? ` and ${others} more` : '')
  const subject = clusterNames.length === 1 ? '1 cluster still uses' : `${clusterNames.length} clusters still use`
  return `${subject} this key: ${named}. The server refuses it within seconds, and each of them turns degraded within a minute. Operators of the first generation notice within the hour. This cannot be undone; a new key brings a cluster back.`
}
