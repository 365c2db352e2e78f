export interface KubeconfigTarget {
  server: string
  caPem: string
  token: string
  /** The context's name, which kubectl and editors show. */
  name: string
}

/** A kubeconfig with one context, as JSON, which every reader of YAML takes. */
export function kubeconfig({ server, caPem, token, name }: KubeconfigTarget): string {
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: { server, 'certificate-authority-data': Buffer.from(caPem).toString('base64') } }],
    users: [{ name, user: { token } }],
    contexts: [{ name, context: { cluster: name, user: name, namespace: 'default' } }],
    'current-context': name,
  }
  return JSON.stringify(config, null, 2)
}
