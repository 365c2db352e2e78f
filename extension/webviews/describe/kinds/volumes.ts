import { z } from 'zod'
import { code, linked, plain } from '../cells.ts'
import type { Cell, Section } from '../protocol.ts'

const named = z.object({ name: z.string().optional() }).optional()

const volumeSchema = z.looseObject({
  name: z.string(),
  configMap: named,
  secret: z.object({ secretName: z.string().optional() }).optional(),
  persistentVolumeClaim: z.object({ claimName: z.string() }).optional(),
  projected: z.object({ sources: z.array(z.record(z.string(), z.unknown())).default([]) }).optional(),
})
type Volume = z.infer<typeof volumeSchema>

export const volumesSchema = z.array(volumeSchema).default([])

export function volumesSection(
  volumes: readonly Volume[],
  where: { context: string; namespace: string | null },
): Section[] {
  if (volumes.length === 0) return []
  const rows = volumes.map((volume): Cell[] => {
    const type = Object.keys(volume).find((key) => key !== 'name') ?? ''
    return [code(volume.name), plain(TYPE_WORDS[type] ?? type), sourceCell(volume, where)]
  })
  return [{ form: 'table', title: 'Volumes', columns: ['Volume', 'Type', 'Source'], rows, empty: '' }]
}

const TYPE_WORDS: Record<string, string> = {
  configMap: 'ConfigMap',
  secret: 'Secret',
  persistentVolumeClaim: 'PersistentVolumeClaim',
  emptyDir: 'Empty folder',
  hostPath: 'Folder of the node',
  projected: 'Projected',
  downwardAPI: 'Downward API',
}

function sourceCell(volume: Volume, where: { context: string; namespace: string | null }): Cell {
  const { configMap, secret, persistentVolumeClaim, projected } = volume
  if (configMap?.name) return linked({ ...where, kind: 'ConfigMap', name: configMap.name })
  if (secret?.secretName) return linked({ ...where, kind: 'Secret', name: secret.secretName })
  if (persistentVolumeClaim) {
    return linked({ ...where, kind: 'PersistentVolumeClaim', name: persistentVolumeClaim.claimName })
  }
  if (projected) return plain(projected.sources.flatMap((source) => Object.keys(source)).join(', '))
  return plain('–')
}
