import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createCertificateAuthority } from '#scripts/cluster/authority.ts'
import { startCluster } from '#scripts/cluster/start-cluster.ts'
import type { Cluster } from '#scripts/cluster/start-cluster.ts'
import { startStack } from '../stack/start-stack.ts'
import type { Stack } from '../stack/start-stack.ts'
import { openBrowser } from './browser.ts'
import type { Visit } from './browser.ts'

const API_ADDRESS = '10.244.0.1'
const API_PORT = 8443
const OPERATOR_ROOT = fileURLToPath(new URL('../../dist/operator/rootfs', import.meta.url))

export const NAMESPACE = 'kube9-system'

/** All that the journey crosses: the product, a cluster that reaches its API over TLS, and a browser. */
export type House = {
  stack: Stack
  cluster: Cluster
  visit: Visit
  /** The certificate authority of the API's address, as a file for `--set-file caBundle=…`. */
  caFile: string
  stop(): Promise<void>
}

/** Starts everything; namespace kube9-system exists and enforces the restricted Pod Security standard. */
export async function startHouse(): Promise<House> {
  const folder = await mkdtemp(join(tmpdir(), 'kube9-journey-'))
  const caFile = join(folder, 'ca.crt')
  const authority = createCertificateAuthority('kube9 journey')
  const certificate = authority.issue({ names: [], addresses: [API_ADDRESS] })
  await writeFile(caFile, authority.caPem)
  const closers: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })]
  const stop = async () => {
    for (const close of closers.toReversed()) await close()
  }
  try {
    const stack = await startStack({ apiUrl: `https://${API_ADDRESS}:${API_PORT}` })
    closers.push(() => stack.stop())
    const cluster = await startCluster({
      images: { 'ghcr.io/alto9/kube9-operator': { rootfs: OPERATOR_ROOT } },
      forwards: [
        {
          name: 'api',
          listen: `${API_ADDRESS}:${API_PORT}`,
          to: { host: '127.0.0.1', port: stack.apiPort },
          tls: { cert: certificate.certPem, key: certificate.keyPem },
        },
      ],
    })
    closers.push(() => cluster.stop())
    await cluster.kubectl(['create', 'namespace', NAMESPACE])
    await cluster.kubectl(['label', 'namespace', NAMESPACE, 'pod-security.kubernetes.io/enforce=restricted'])
    const visit = await openBrowser(stack.portalUrl)
    closers.push(() => visit.close())
    return { stack, cluster, visit, caFile, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
