import { z } from 'zod'
import type { KubernetesApi } from './kubernetes-api.ts'

const deploymentSchema = z.object({
  metadata: z.object({ name: z.string(), uid: z.string(), generation: z.int().nonnegative().default(0) }),
})

/** The operator's own Deployment. `generation` grows with each change of its spec. */
export interface Owner {
  name: string
  uid: string
  generation: number
}

/** Throws a `KubernetesError` when it is not there or may not be read. */
export async function readOwnDeployment(api: KubernetesApi, namespace: string, name: string): Promise<Owner> {
  const path = `/apis/apps/v1/namespaces/${namespace}/deployments/${name}`
  return (await api.call(path, deploymentSchema)).metadata
}
