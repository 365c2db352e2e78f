import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { ApiClient } from './kubelet/api-client.ts'

const AT_ONCE = 32

const kubeconfigSchema = z.object({
  clusters: z
    .array(z.object({ cluster: z.object({ server: z.url(), 'certificate-authority-data': z.string() }) }))
    .min(1),
  users: z.array(z.object({ user: z.object({ token: z.string() }) })).min(1),
})

/** Makes pods of a common size that no scheduler takes: they count like any other, and cost the machine nothing. */
export async function createPods(kubeconfigPath: string, namespace: string, count: number): Promise<void> {
  const client = await clientOf(kubeconfigPath)
  let next = 0
  const create = async () => {
    while (next < count) {
      next += 1
      await client.post(`/api/v1/namespaces/${namespace}/pods`, pod(`pod-${next}`))
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, create))
}

async function clientOf(kubeconfigPath: string): Promise<ApiClient> {
  const { clusters, users } = kubeconfigSchema.parse(JSON.parse(await readFile(kubeconfigPath, 'utf8')))
  const [{ cluster } = { cluster: { server: '', 'certificate-authority-data': '' } }] = clusters
  const { hostname, port } = new URL(cluster.server)
  const caPem = Buffer.from(cluster['certificate-authority-data'], 'base64').toString('utf8')
  return new ApiClient({ host: hostname, port: Number(port), token: users[0]?.user.token ?? '', caPem })
}

function pod(name: string): object {
  const env = Array.from({ length: 12 }, (_, at) => ({
    name: `SETTING_${at}`,
    value: `value ${at} of a common length`,
  }))
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: { 'app.kubernetes.io/name': 'bench', 'app.kubernetes.io/instance': name } },
    spec: {
      schedulerName: 'nobody',
      automountServiceAccountToken: false,
      containers: [{ name: 'main', image: 'example.test/idle:1', env, resources: { requests: { cpu: '10m' } } }],
    },
  }
}
