import { z } from 'zod'
import type { ArgocdStatus } from '#contract/operator-status.ts'
import type { OperatorConfig } from '../config.ts'
import type { KubernetesApi } from '../kube/kubernetes-api.ts'

const deploymentsSchema = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ namespace: z.string(), labels: z.record(z.string(), z.string()).optional() }),
      spec: z.object({
        template: z.object({ spec: z.object({ containers: z.array(z.object({ image: z.string().optional() })) }) }),
      }),
    }),
  ),
})
type Deployment = z.infer<typeof deploymentsSchema>['items'][number]

/** Whether a look is needed at all: `enabled` decides without one, and `autoDetect: false` forbids it. */
export function looksForArgocd({ enabled, autoDetect }: OperatorConfig['argocd']): boolean {
  return enabled === 'true' || (enabled === 'look' && autoDetect)
}

/** What is known without a look. */
export function argocdUnseen(config: OperatorConfig['argocd'], now: Date): ArgocdStatus {
  const detected = config.enabled === 'true'
  return { detected, namespace: detected ? config.namespace : null, version: null, lastChecked: now.toISOString() }
}

/** Looks for Argo CD's server in its namespace. Throws a `KubernetesError`. */
export async function detectArgocd(
  api: KubernetesApi,
  config: OperatorConfig['argocd'],
  now: Date,
): Promise<ArgocdStatus> {
  const path = `/apis/apps/v1/namespaces/${encodeURIComponent(config.namespace)}/deployments`
  const { items } = await api.call(path, deploymentsSchema, { query: { labelSelector: config.selector, limit: 1 } })
  const [server] = items
  if (!server) return argocdUnseen(config, now)
  return {
    detected: true,
    namespace: server.metadata.namespace,
    version: versionOf(server),
    lastChecked: now.toISOString(),
  }
}

function versionOf({ metadata, spec }: Deployment): string | null {
  const label = metadata.labels?.['app.kubernetes.io/version']
  const tag = /:([^:/@]+)(?:@.*)?$/.exec(spec.template.spec.containers[0]?.image ?? '')?.[1]
  return label ?? tag ?? null
}
