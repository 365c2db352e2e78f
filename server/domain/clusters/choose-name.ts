import type { Transaction } from '#server/platform/database.ts'

/** A name for a new cluster: that of its key, or of the cluster it was forked from, with a number when it is taken. */
export async function chooseClusterName(
  tx: Transaction,
  teamId: string,
  apiKeyId: string,
  original: { name: string } | null,
): Promise<string> {
  const key = await tx.apiKey.findUniqueOrThrow({
    where: { teamId_id: { teamId, id: apiKeyId } },
    select: { name: true },
  })
  const wanted = original ? `${original.name} (copy)` : key.name
  const rows = await tx.cluster.findMany({
    where: { teamId, deletedAt: null, name: { startsWith: wanted } },
    select: { name: true },
  })
  const taken = new Set(rows.map((row) => row.name))
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted} ${number}`
    if (!taken.has(name)) return name
  }
}
