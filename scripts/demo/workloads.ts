const TOLERATIONS = [{ key: 'kwok.x-k8s.io/node', operator: 'Exists', effect: 'NoSchedule' }]

const namespace = (name: string) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })

function podTemplate(app: string) {
  return {
    metadata: { labels: { app } },
    spec: {
      nodeSelector: { type: 'kwok' },
      tolerations: TOLERATIONS,
      containers: [
        {
          name: app,
          image: `registry.example/${app}:1.4.2`,
          resources: { requests: { cpu: '100m', memory: '128Mi' } },
        },
      ],
    },
  }
}

function workload(kind: 'Deployment' | 'StatefulSet', where: string, app: string, replicas: number) {
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name: app, namespace: where },
    spec: {
      replicas,
      selector: { matchLabels: { app } },
      ...(kind === 'StatefulSet' && { serviceName: app }),
      template: podTemplate(app),
    },
  }
}

/** Something to look at: a shop and its monitoring, on the nodes that have no machine. */
export const demoWorkloads = {
  apiVersion: 'v1',
  kind: 'List',
  items: [
    namespace('shop'),
    namespace('monitoring'),
    workload('Deployment', 'shop', 'storefront', 3),
    workload('Deployment', 'shop', 'cart', 2),
    workload('Deployment', 'shop', 'payments', 2),
    workload('StatefulSet', 'shop', 'orders', 2),
    workload('Deployment', 'monitoring', 'dashboards', 1),
    workload('StatefulSet', 'monitoring', 'metrics', 1),
  ],
}
