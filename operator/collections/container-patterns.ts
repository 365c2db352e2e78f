import { z } from 'zod'
import type { ConfigurationPatterns } from '#contract/collection-payloads.ts'
import { parseQuantity } from '../collect/quantity.ts'

const quantities = z.record(z.string(), z.string()).optional()
const runsAs = { runAsNonRoot: z.boolean().optional(), runAsUser: z.int().optional() }

export const containerSchema = z.object({
  image: z.string().default(''),
  resources: z.object({ requests: quantities, limits: quantities }).optional(),
  readinessProbe: z.unknown().optional(),
  livenessProbe: z.unknown().optional(),
  securityContext: z
    .object({ ...runsAs, privileged: z.boolean().optional(), readOnlyRootFilesystem: z.boolean().optional() })
    .optional(),
})
type Container = z.infer<typeof containerSchema>

export const podSecuritySchema = z.object(runsAs).optional()
type PodSecurity = z.infer<typeof podSecuritySchema>

export type ContainerCounts = ConfigurationPatterns['containers']

/** What counts of a container, by the name under which it is told. */
const questions: Record<keyof ContainerCounts, (container: Container, pod: PodSecurity) => boolean> = {
  total: () => true,
  withoutCpuRequest: ({ resources }) => !resources?.requests?.['cpu'],
  withoutMemoryRequest: ({ resources }) => !resources?.requests?.['memory'],
  withoutCpuLimit: ({ resources }) => !resources?.limits?.['cpu'],
  withoutMemoryLimit: ({ resources }) => !resources?.limits?.['memory'],
  withoutReadinessProbe: ({ readinessProbe }) => !readinessProbe,
  withoutLivenessProbe: ({ livenessProbe }) => !livenessProbe,
  privileged: ({ securityContext }) => securityContext?.privileged === true,
  mayRunAsRoot,
  writableRootFilesystem: ({ securityContext }) => securityContext?.readOnlyRootFilesystem !== true,
  movingTag: ({ image }) => hasMovingTag(image),
}

export function noContainers(): ContainerCounts {
  return {
    total: 0,
    withoutCpuRequest: 0,
    withoutMemoryRequest: 0,
    withoutCpuLimit: 0,
    withoutMemoryLimit: 0,
    withoutReadinessProbe: 0,
    withoutLivenessProbe: 0,
    privileged: 0,
    mayRunAsRoot: 0,
    writableRootFilesystem: 0,
    movingTag: 0,
  }
}

export function countContainer(counts: ContainerCounts, container: Container, pod: PodSecurity): void {
  for (const name of Object.keys(questions) as (keyof ContainerCounts)[]) {
    if (questions[name](container, pod)) counts[name] += 1
  }
}

/** Cores and bytes that a container asks for, or is held to. */
export function amountsOf(container: Container, which: 'requests' | 'limits'): { cores: number; bytes: number } {
  const amounts = container.resources?.[which]
  return { cores: parseQuantity(amounts?.['cpu'] ?? '0'), bytes: parseQuantity(amounts?.['memory'] ?? '0') }
}

/** The container's own word beats the pod's. An image that names its user is not looked into. */
function mayRunAsRoot({ securityContext }: Container, pod: PodSecurity): boolean {
  const user = securityContext?.runAsUser ?? pod?.runAsUser
  if (user !== undefined) return user === 0
  return (securityContext?.runAsNonRoot ?? pod?.runAsNonRoot) !== true
}

/** Whether the image can become another one under the same name: it has no digest, and `latest` or no tag. */
export function hasMovingTag(image: string): boolean {
  if (image.includes('@')) return false
  const tag = /:([^:/]+)$/.exec(image)?.[1]
  return tag === undefined || tag === 'latest'
}
